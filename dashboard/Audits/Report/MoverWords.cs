using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>What moved most, in sentences that follow one another.</summary>
internal static class MoverWords
{
    /// <summary>Each mover's sentence, and after it why, in their order.</summary>
    internal static IReadOnlyList<(string What, string Why)> Of(IReadOnlyList<Mover> movers) =>
        [.. movers.Select((mover, i) => (What(mover, i, i == 0 ? null : movers[i - 1]), WhyWords.Of(mover)))];

    private static string What(Mover mover, int place, Mover? before)
    {
        var figure = mover.Figure;
        var ((to, from), rose) = (Words.Ends(figure), mover.Change.Difference > 0);
        var verb = rose ? "rose" : "fell";
        var name = $"“{figure.Metric.Name}”";
        if (before is null) return $"{name} moved most. It {verb} by {Words.Size(figure, mover.Change.Difference)}, from {from} to {to}{Judged(figure)}{OnFew(figure)}.";
        var sameWay = figure.IsBetter is not null && figure.IsBetter == before.Figure.IsBetter;
        return (sameWay, figure.IsBetter, place % 2) switch
        {
            (true, _, 0) => $"So did {name}: {to}, after {from}{Reminded(figure, rose)}.",
            (true, true, _) => $"{name} got better too, and is at {to} after {from}.",
            (true, _, _) => $"{name} got worse as well: it {verb} from {from} to {to}.",
            (false, true, _) => $"For the better, {name} {verb} from {from} to {to}.",
            (false, false, _) => $"{name}, though, got worse, and is at {to} after {from}.",
            _ => $"{name} {verb} from {from} to {to}.",
        };
    }

    // Of the first it has to be said; the words of the others say it.
    private static string Judged(ReportFigure figure) => figure.IsBetter switch { true => ", which is better", false => ", which is worse", null => "" };

    // What moved furthest is often what rests on least.
    private static string OnFew(ReportFigure figure) => figure.IsOnFew ? $", though on {Figures.Count(figure.Now.N)} cases only" : "";

    private static string Reminded(ReportFigure figure, bool rose) => figure.Metric.Better == Better.Lower ? rose ? ", and less would be better" : ", and less is better" : "";
}
