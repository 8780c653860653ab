using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Pay: what concerns the viewer first, then runs, statements and disputes. Everybody sees his own; whose else, <see cref="PayScope"/> says.</summary>
internal static class PayEndpoint
{
    internal static void MapPay(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PayPath.Home, ShowAsync);
        pages.MapRuns();
        pages.MapRun();
        pages.MapStatements();
        pages.MapDisputes();
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct)
    {
        var (reader, scope) = (new PayReader(db), frame.Who.Pay);
        var own = scope with { All = false, Teams = [] };
        var disputes = await new PayDisputes(db, clock).AllAsync(scope, null, null, ct);
        var runs = scope.SeesOthers ? await reader.RunsAsync(scope, ct) : [];
        return Screen.Of<PayHomePage>(new PayHomeModel
        {
            Frame = frame,
            Own = scope.Staff is null ? [] : await reader.StatementsAsync(own, null, scope.Staff, ct),
            Runs = runs,
            Offered = frame.Who.May(Right.PreparePay) ? await OfferedRun.ReadAsync(frame, new PayPlanStore(db, clock), runs, ct) : [],
            Held = scope.SeesOthers ? await new PayHeld(db).WaitingAsync(scope, null, null, ct) : [],
            Disputes = [.. disputes.Where(d => d.DecidedAt is null)],
            OwnDisputes = [.. disputes.Where(d => d.Staff == scope.Staff)],
        });
    }
}

/// <summary>What the first page about pay draws.</summary>
public sealed record PayHomeModel
{
    private const int MostPaid = 6;

    public required PageFrame Frame { get; init; }

    /// <summary>The viewer's own statements.</summary>
    public required IReadOnlyList<StatementView> Own { get; init; }

    /// <summary>Runs the viewer may see anything of.</summary>
    public required IReadOnlyList<PayRunView> Runs { get; init; }

    /// <summary>What the viewer can draft.</summary>
    public required IReadOnlyList<OfferedRun> Offered { get; init; }

    /// <summary>Lines of locked runs that are still held.</summary>
    public required IReadOnlyList<HeldLine> Held { get; init; }

    /// <summary>Disputes nobody has decided.</summary>
    public required IReadOnlyList<PayDispute> Disputes { get; init; }

    /// <summary>Those about the viewer's own pay, the decided ones too.</summary>
    public required IReadOnlyList<PayDispute> OwnDisputes { get; init; }

    /// <summary>Runs that are open.</summary>
    public IReadOnlyList<PayRunView> Open => [.. Runs.Where(r => r.Run.IsOpen)];

    /// <summary>The latest that were locked.</summary>
    public IReadOnlyList<PayRunView> Paid => [.. Runs.Where(r => r.Run.State == PayRunState.Locked).Take(MostPaid)];

    /// <summary>Of each plan without an open run the draft that comes next.</summary>
    public IReadOnlyList<OfferedRun> Next => [.. Offered.Where(o => !Open.Any(r => r.Run.Plan == o.Plan)).DistinctBy(o => o.Plan)];

    /// <summary>Held lines by the run that holds them, the latest first.</summary>
    public IReadOnlyList<IGrouping<(long Run, string PlanName, string Period, string Currency), HeldLine>> HeldByRun =>
        [.. Held.GroupBy(l => (l.Run, l.PlanName, l.Period, l.Currency)).OrderByDescending(g => g.Key.Run)];
}

/// <summary>Keeps who looked at whose pay and who changed it; never how much it is.</summary>
internal static class PayLog
{
    internal const string Seen = "pay_seen";

    internal static Task SeenAsync(AccessLog log, PageFrame frame, string what, CancellationToken ct) => log.WriteAsync(frame.Viewer.Name, Seen, what, null, null, ct);

    internal static string Of(PayRun run) => FormattableString.Invariant($"pay run {run.Id}, {run.Plan} {run.Period.Label}");
}
