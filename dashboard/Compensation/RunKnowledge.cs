using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Editions;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What a run is computed from, where its period is closed at another moment than it was computed.</summary>
internal static class RunKnowledge
{
    /// <summary>In sentences; the same for a period that is not closed.</summary>
    internal static IReadOnlyList<string> InWords(PayRun run, IReadOnlyList<Edition> editions, TimeZoneInfo zone)
    {
        var (name, known) = (PeriodNames.Name(run.Period), Moments.Short(run.AsOf, zone));
        var closed = editions.Where(e => e.Period.Start < run.Period.End && run.Period.Start < e.Period.End).ToList();
        var then = closed.Where(e => e.ClosedAt <= run.AsOf).GroupBy(e => e.Period.Label).Select(g => g.MaxBy(e => e.Number)!).ToList();
        var since = closed.Where(e => e.ClosedAt > run.AsOf).ToList();
        return
        [
            then.Count == 0
                ? $"{name} was not closed when the run was computed: every figure is as known at {known}."
                : $"{string.Join(" and ", then.Select(e => $"{PeriodNames.Name(e.Period)} was {Done(e)} before, with what was known at {Moments.Short(e.CutOff, zone)}"))}: figures of closed quarters are paid as they were reported, everything else as known at {known}.",
            .. since.Select(e => $"{PeriodNames.Name(e.Period)} was {Done(e)} after the run was computed, on {Moments.Short(e.ClosedAt, zone)}, with what was known at {Moments.Short(e.CutOff, zone)}; its figures can differ from these.{(run.IsOpen ? " Compute it again to pay by them." : "")}"),
            .. run.State == PayRunState.Abandoned ? [] : new[] { "What came in later is paid by a later run, as a line for an earlier period with its cause." },
        ];
    }

    private static string Done(Edition edition) => edition.Number > 1 ? "restated" : "closed";
}
