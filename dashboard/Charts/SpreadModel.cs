using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Charts;

/// <summary>How the lengths behind a metric are spread, with what a chart of them says.</summary>
/// <param name="Metric">Whose rows they are.</param>
/// <param name="Spread">The lengths.</param>
/// <param name="Median">Half are over within it, what is not over counted as going on; null when not reached.</param>
/// <param name="P90">Nine of ten are over within it; null when not reached.</param>
public sealed record SpreadModel(MetricDefinition Metric, Spread Spread, double? Median, double? P90)
{
    /// <summary>In what the axis counts.</summary>
    internal SpreadScale Scale => SpreadScale.Of(Spread, LengthUnit);

    /// <summary>What the part that is not over is called.</summary>
    internal string NotOver => Metric is CommitmentMetric rate ? $"not {rate.Fulfilled}" : "not over";

    internal string Title => Metric is CommitmentMetric rate ? $"How long until {rate.Fulfilled}" : $"{Metric.Name}: how the cases are spread";

    internal string Subtitle
    {
        get
        {
            var unit = Scale.Unit.Length == 0 ? "number of cases" : $"number of cases by {Scale.Unit}";
            var open = Spread.Open == 0 ? "" : $", {Figures.Count(Spread.Open)} {NotOver}";
            return $"{unit}; half within {InWords(Median)}, nine of ten within {InWords(P90)}; n = {Figures.Count(Spread.Over)}{open}";
        }
    }

    private Unit LengthUnit => Metric is MeasureMetric measure ? measure.Unit : Unit.Hours;

    internal string InWords(double? length) => length is null ? "a time not reached yet" : MeasureWords.Value(length, LengthUnit);
}
