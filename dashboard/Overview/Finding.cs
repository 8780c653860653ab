using System.Globalization;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Overview;

/// <summary>The sentence under the title: what the figures say, and nothing they do not.</summary>
internal static class Finding
{
    internal static string Of(OverviewModel model)
    {
        if (model.Frame.Freshness.LastBatchAt is null) return "Nothing is loaded yet.";
        var period = model.Frame.Query.Period;
        var when = $"In {PeriodNames.Name(period)}{(model.Frame.KnownDay < period.End ? " so far" : "")}";
        if (model.Total.Value is not { } rate) return $"{when} there is no figure: {model.Total.Reason}.";
        return $"{when} we kept {Figures.Rate(rate)} of {Figures.Count(model.Total.N, "commitment", "commitments")}{Change(model)}{Worst(model)}.";
    }

    // With the mix held still: a quarter in which the seldom kept fell due less often is no better for it.
    private static string Change(OverviewModel model)
    {
        if (model.SameMix is not { } change) return "";
        var points = Math.Round(change.Difference * 100, 1, MidpointRounding.AwayFromZero);
        if (change.MayBeChance || points == 0) return $", about as many as in {model.ComparedWith} when the mix of kinds is held still";
        var many = Math.Abs(points).ToString("0.0", CultureInfo.InvariantCulture);
        return $", {many} points {(points > 0 ? "more" : "fewer")} than in {model.ComparedWith} with the same mix of kinds";
    }

    private static string Worst(OverviewModel model) => model.Broken is [var worst, ..]
        ? $". Broken most: “{worst.Metric.Name}”, {Figures.Count(worst.Value.Missed)} of {Figures.Count(worst.Value.N)}"
        : "";
}
