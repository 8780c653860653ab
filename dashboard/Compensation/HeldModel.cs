using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Held lines, who may decide them, and where.</summary>
public sealed record HeldModel
{
    /// <summary>More are named by the people's own statements.</summary>
    internal const int MostShown = 50;

    public required PageFrame Frame { get; init; }

    /// <summary>The lines, whatever became of them.</summary>
    public required IReadOnlyList<HeldLine> Lines { get; init; }

    /// <summary>The open run of the plan, in which they are decided while it is a draft; null for none.</summary>
    public required PayRun? Open { get; init; }

    /// <summary>The draft that can be made now; null where there is none to make, or one is open.</summary>
    public required OfferedRun? Next { get; init; }

    /// <summary>The first period of the plan that no run has paid.</summary>
    public required Period After { get; init; }

    /// <summary>Names of those who may decide.</summary>
    public required IReadOnlyList<string> Deciders { get; init; }

    /// <summary>Whether the viewer is the only one left who can approve the open run, and so decides nothing in it.</summary>
    public required bool IsLast { get; init; }

    /// <summary>The draft in which lines can be decided now.</summary>
    public PayRun? Draft => Open is { State: PayRunState.Draft } draft ? draft : null;

    public bool MayDecide => Frame.Who.May(Right.PreparePay);

    /// <summary>Those that nothing has paid.</summary>
    public IReadOnlyList<HeldLine> Waiting => [.. Lines.Where(line => line.PaidBy is null)];

    /// <summary>Whether the viewer can decide a line here and now.</summary>
    public bool CanDecide(HeldLine line) =>
        MayDecide && !IsLast && Draft is { } draft && line.PaidBy is null && (line.DecidedIn is null || line.DecidedIn.Run == draft.Id) && line.Run != draft.Id && line.Staff != Frame.Who.StaffKey;

    /// <summary>Those of a run, or with <paramref name="earlier"/> those of the plan's periods before it that nothing has paid.</summary>
    internal static async Task<HeldModel?> ReadAsync(PageFrame frame, NpgsqlDataSource db, TimeProvider clock, PayRun run, bool earlier, bool isLast, CancellationToken ct)
    {
        var held = new PayHeld(db);
        var lines = earlier ? await held.WaitingAsync(frame.Who.Pay, run.Plan, run.Period.Start, ct) : await held.OfRunAsync(frame.Who.Pay, run.Id, ct);
        if (lines.Count == 0) return null;
        var all = await new PayReader(db).RunsAsync(frame.Who.Pay, ct);
        var ofPlan = all.Select(view => view.Run).Where(r => r.Plan == run.Plan && r.State != PayRunState.Abandoned).OrderBy(r => r.Period.Start).ToList();
        var open = ofPlan.LastOrDefault(r => r.IsOpen);
        var offered = open is null && frame.Who.May(Right.PreparePay) ? await OfferedRun.ReadAsync(frame, new PayPlanStore(db, clock), all, ct) : [];
        return new HeldModel
        {
            Frame = frame,
            Lines = lines,
            Open = open,
            Next = offered.FirstOrDefault(o => o.Plan == run.Plan),
            After = PayPeriods.After((ofPlan.LastOrDefault() ?? run).Period),
            Deciders = [.. (await PayUsers.WithAsync(db, Right.PreparePay, ct)).Select(u => u.Name)],
            IsLast = isLast,
        };
    }
}
