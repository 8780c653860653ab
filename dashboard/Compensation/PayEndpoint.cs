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
        return Screen.Of<PayHomePage>(new PayHomeModel(
            frame,
            scope.Staff is null ? [] : await reader.StatementsAsync(own, null, scope.Staff, ct),
            scope.SeesOthers ? await reader.RunsAsync(scope, ct) : [],
            [.. disputes.Where(d => d.DecidedAt is null)])
        {
            OwnDisputes = [.. disputes.Where(d => d.Staff == scope.Staff)],
        });
    }
}

/// <summary>What the first page about pay draws.</summary>
public sealed record PayHomeModel(PageFrame Frame, IReadOnlyList<StatementView> Own, IReadOnlyList<PayRunView> Runs, IReadOnlyList<PayDispute> Disputes)
{
    private const int MostPaid = 6;

    /// <summary>Those about the viewer's own pay, the decided ones too.</summary>
    public IReadOnlyList<PayDispute> OwnDisputes { get; init; } = [];

    /// <summary>Runs that are open.</summary>
    public IReadOnlyList<PayRunView> Open => [.. Runs.Where(r => r.Run.IsOpen)];

    /// <summary>The latest that were locked.</summary>
    public IReadOnlyList<PayRunView> Paid => [.. Runs.Where(r => r.Run.State == PayRunState.Locked).Take(MostPaid)];
}

/// <summary>Keeps who looked at whose pay and who changed it; never how much it is.</summary>
internal static class PayLog
{
    internal const string Seen = "pay_seen";

    internal static Task SeenAsync(AccessLog log, PageFrame frame, string what, CancellationToken ct) => log.WriteAsync(frame.Viewer.Name, Seen, what, null, null, ct);

    internal static string Of(PayRun run) => FormattableString.Invariant($"pay run {run.Id}, {run.Plan} {run.Period.Label}");
}
