using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>
/// The one-page summary in plain sentences. Everything it says is a figure or a comparison of figures; it gives no cause that the figures don't show.
/// </summary>
internal static class SummaryWords
{
    private const int Named = 3;
    private const double NearlyNothing = 0.0005, Chance = 0.05;

    // What an executive asks first where it cannot be said.
    private static readonly string[] Headlines = ["respond_24h", "deliver_b0", "invoice_14d", "net_revenue", "ttm_revenue_retention", "nps_relational", "csat", "project_margin"];

    /// <summary>Whether we kept our word, against the quarter before, and what was broken most. One paragraph.</summary>
    internal static string Lead(ReportFigures figures) => figures.Total.Value is { } rate
        ? $"We kept {Figures.Rate(rate)} of {Figures.Count(figures.Total.N, "commitment", "commitments")} in {PeriodNames.Name(figures.Period)}. {Against(figures)}{Worst(figures)}"
        : $"Of {PeriodNames.Name(figures.Period)} nothing can be said yet: {figures.Total.Reason}.";

    /// <summary>How many figures moved, and which way. One paragraph, before the list of movers.</summary>
    internal static string Movement(ReportFigures figures)
    {
        if (figures.PriorTotal is null || figures.Prior is null) return "";
        if (figures.Compared == 0) return "No figure has enough cases in both quarters to be compared.";
        var moved = figures.All.Where(f => f.IsCompared && f.Change!.IsBeyondChance).ToList();
        if (moved.Count == 0) return $"None of the {Words.Number(figures.Compared)} figures that can be compared moved by more than chance alone would move it.{Largest(figures)}";
        var (better, worse) = (moved.Count(f => f.IsBetter == true), moved.Count(f => f.IsBetter == false));
        var which = (better, worse) switch
        {
            (0, 0) => "",
            (0, _) => moved.Count == 1 ? ", for the worse" : ", all of them for the worse",
            (_, 0) => moved.Count == 1 ? ", for the better" : ", all of them for the better",
            _ => $", {Words.Number(better)} for the better and {Words.Number(worse)} for the worse",
        };
        if (better + worse < moved.Count && better + worse > 0) which = which.Replace("all of them", Words.Number(better + worse), StringComparison.Ordinal);
        var most = ByChance(figures.Compared, moved.Count) + (figures.Movers.Count < moved.Count ? $" {Words.Capital(Words.Number(figures.Movers.Count))} stand out." : "");
        return $"{Words.Capital(Words.Number(moved.Count))} of {Words.Number(figures.Compared)} figures moved by more than chance would move {(moved.Count == 1 ? "it" : "them")}{which}.{most}";
    }

    /// <summary>What was aimed at, and how much moved. Paragraphs between the lead and the list of movers.</summary>
    internal static IEnumerable<string> Middle(ReportFigures figures) => new[] { Aimed(figures), Movement(figures) }.Where(paragraph => paragraph.Length > 0);

    /// <summary>What stood still, what was earned, and what cannot be said. Sentences after the list.</summary>
    internal static IEnumerable<string> Rest(ReportFigures figures) =>
        new[] { Steady(figures), Money(figures), Unknown(figures) }.Where(paragraph => paragraph.Length > 0);

    private static string Against(ReportFigures figures)
    {
        if (figures is not { Prior: { } prior, PriorTotal: { Value: { } before } }) return "Nothing came before it that it could be compared with. ";
        var (with, difference) = (PeriodNames.Compared(figures.Period, prior), figures.Total.Value!.Value - before);
        if (figures.SameMix is not { } same) return "";
        if (same.MayBeChance && Math.Abs(difference) < 0.01) return $"That is about as many as in {with}, when it was {Figures.Rate(before)}. ";
        if (same.MayBeChance)
            return $"In {with} it was {Figures.Rate(before)}, but what fell due then was of another kind: with the same mix we kept about as many. ";
        var change = $"{Words.Points(difference)} {(difference > 0 ? "more" : "fewer")} than in {with}";
        if (Math.Sign(same.Difference) != Math.Sign(difference))
            return $"That is {change}, yet with the same mix of kinds it would be {Words.Points(same.Difference)} {(same.Difference > 0 ? "more" : "fewer")}: what changed most is what fell due. ";
        if (Math.Abs(difference - same.Difference) > Math.Abs(difference) / 2)
            return $"That is {change}. More than half of it is mix: had the same kinds fallen due, it would be {Words.Points(same.Difference)}. ";
        return $"That is {change}, and no matter of mix: with the kinds held still it is {Words.Points(same.Difference)}. ";
    }

    private static string Worst(ReportFigures figures)
    {
        var broken = figures.All.Where(f => f is { Metric: CommitmentMetric rate, Now: CommitmentValue { Missed: > 0 } } && CommitmentTotal.Includes(rate))
            .Select(f => (f.Metric, Value: (CommitmentValue)f.Now, Prior: f.Prior as CommitmentValue)).OrderByDescending(f => f.Value.Missed).Take(2).ToList();
        return broken switch
        {
            [] => "Nothing was broken.",
            [var one] => $"What we broke is all of one kind, “{one.Metric.Name}”: {Of(one.Value, one.Prior)}.",
            [var one, var two, ..] => $"Broken most was “{one.Metric.Name}”, {Of(one.Value, one.Prior)}, then “{two.Metric.Name}”, {Of(two.Value, two.Prior)}.",
        };
        static string Of(CommitmentValue value, CommitmentValue? prior) =>
            $"{Figures.Count(value.Missed)} of {Figures.Count(value.N)} ({Share(value)}{(prior is { N: > 0 } ? $"; {Share(prior)} before" : "")})";
        static string Share(CommitmentValue value) => Figures.Rate((double)value.Missed / value.N);
    }

    private static string Largest(ReportFigures figures) =>
        figures.All.Where(f => f.IsCompared && f.Change!.Strength is not null).MaxBy(f => Math.Abs(f.Change!.Strength!.Value)) is { } figure && Math.Abs(figure.Change!.Difference) > NearlyNothing
            ? $" Nearest to it comes “{figure.Metric.Name}”: {Words.Value(figure, figure.Now)}, after {Words.Value(figure, figure.Prior!)}."
            : "";

    // Who compares so many finds some that chance alone has moved.
    private static string ByChance(int compared, int moved)
    {
        var expected = (long)Math.Round(compared * Chance);
        return expected < 1 ? "" : moved <= 2 * expected ? $" Of so many about {Words.Number(expected)} would seem to by chance alone, so take them for hints." : "";
    }

    // The headline, where it is not among what moved.
    private static string Steady(ReportFigures figures)
    {
        if (figures.All.FirstOrDefault(f => f.Metric.Id == Headlines[0]) is not { IsCompared: true } headline || figures.Movers.Any(m => m.Figure == headline)) return "";
        var (to, from) = Words.Ends(headline);
        return $"“{headline.Metric.Name}” stands at {to}, after {from}{(headline.Change!.IsBeyondChance ? "" : ": no more than chance would change it")}.";
    }

    private static string Money(ReportFigures figures)
    {
        if (figures.All.FirstOrDefault(f => f.Metric.Id == "net_revenue") is not { Now.Value: { } now } revenue) return "";
        var earned = $"Net revenue came to {Words.Value(revenue, revenue.Now)}";
        if (revenue.Prior?.Value is not { } before || before <= 0) return $"{earned}.";
        var change = (now - before) / before;
        return Math.Abs(change) < 0.005 ? $"{earned}, as much as in the quarter before."
            : $"{earned}, {Words.Tenths(Math.Abs(change) * 100)}\u00a0% {(change > 0 ? "more" : "less")} than in the quarter before{(figures.Prior is { } prior && prior != figures.Period.Prior() ? " by the same day" : "")}.";
    }

    /// <summary>How many targets were reached, by which figures if they are few, and who is furthest from theirs. One paragraph.</summary>
    internal static string Aimed(ReportFigures figures)
    {
        var aimed = figures.All.Where(f => f is { Target: not null, Now: { Value: not null, TooFew: false } }).ToList();
        if (aimed.Count == 0) return "";
        var missed = aimed.Where(f => f.Missing is not null).OrderByDescending(f => f.Missing).ToList();
        if (aimed.Count == 1) return $"The one figure that has a target {(missed.Count == 0 ? "reaches" : "misses")} it.";
        var of = $"Of {Words.Number(aimed.Count)} figures that have a target,";
        if (missed.Count == 0) return $"{of} every one reaches it.";
        var reached = aimed.Except(missed).Select(f => $"“{f.Metric.Name}”").ToList();
        var count = reached.Count switch
        {
            0 => "none reaches it.",
            1 => $"one reaches it: {reached[0]}.",
            <= Named => $"{Words.Number(reached.Count)} reach it: {Words.List(reached)}.",
            _ => $"{Words.Number(reached.Count)} reach it.",
        };
        var furthest = missed.Take(Named).Select(f => $"“{f.Metric.Name}” ({Words.Value(f, f.Now)} where {Words.Value(f, f.Now with { Value = f.Target })} was aimed at)").ToList();
        return $"{of} {count} Furthest from {(furthest.Count == 1 ? "its target is" : "theirs are")} {Words.List(furthest)}.";
    }

    private static string Unknown(ReportFigures figures)
    {
        var unknown = figures.All.Where(f => f.Now.Value is null).ToList();
        if (unknown.Count == 0) return "";
        var named = unknown.Where(f => Headlines.Contains(f.Metric.Id)).Take(Named).Select(f => $"“{f.Metric.Name}” ({f.Now.Reason})").ToList();
        var count = $"{Words.Capital(Words.Number(unknown.Count))} {(unknown.Count == 1 ? "figure has" : "figures have")} no value";
        return named.Count == 0 ? $"{count}; the last part says why." : $"{count}, {(named.Count < unknown.Count ? "among them " : "")}{Words.List(named)}.";
    }
}
