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
        return $"{when} we kept {Figures.Rate(rate)} of {Figures.Count(model.Total.N, "commitment", "commitments")}{Change(model, rate)}{Worst(model)}.";
    }

    private static string Change(OverviewModel model, double rate)
    {
        if (model.PriorTotal?.Value is not { } before) return "";
        var points = Math.Round((rate - before) * 100, 1, MidpointRounding.AwayFromZero);
        return points switch
        {
            0 => $", as many as in {model.ComparedWith}",
            > 0 => $", {points.ToString("0.0", CultureInfo.InvariantCulture)} points more than in {model.ComparedWith}",
            _ => $", {(-points).ToString("0.0", CultureInfo.InvariantCulture)} points fewer than in {model.ComparedWith}",
        };
    }

    private static string Worst(OverviewModel model) => model.Broken is [var worst, ..]
        ? $". Broken most: “{worst.Metric.Name}”, {Figures.Count(worst.Value.Missed)} of {Figures.Count(worst.Value.N)}"
        : "";
}
