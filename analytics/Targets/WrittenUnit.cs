using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Targets;

/// <summary>Figures as people write them, in decimal: a share of 0.8 is 80. Targets, scorecards and plans are stated so.</summary>
public static class WrittenUnit
{
    private const int Percent = 100;

    // Fifteen digits of a double are true, and no more.
    private const double Largest = 1e15;

    /// <summary>The figure, unrounded; null when it is undefined. It comes from counts and amounts where there are any, so that 4 of 5 is 80 exactly.</summary>
    public static decimal? Of(MetricDefinition metric, MetricValue value) => value switch
    {
        { Value: null } => null,
        CommitmentValue { N: > 0 } rate => rate.Kept * Percent / (decimal)rate.N,
        MeasureValue { Amount: { } amount } when metric.Aggregation == Aggregation.Sum => amount,
        MeasureValue { Amount: { } amount, Base: { } whole } when metric.Aggregation is Aggregation.Ratio or Aggregation.Share =>
            amount * (metric.Unit == Unit.Share ? Percent : 1) / whole,
        _ => Of(metric.Unit, value.Value),
    };

    /// <summary>A number in the metric's unit as people write it; null for none, and for one too large to be exact.</summary>
    public static decimal? Of(Unit unit, double? value) => value is { } x && double.IsFinite(x) && Math.Abs(x) < Largest ? Of(unit, x) : null;

    /// <summary>A number in the metric's unit as people write it.</summary>
    public static decimal Of(Unit unit, double value) => unit == Unit.Share ? (decimal)value * Percent : (decimal)value;

    /// <summary>The same back, as figures are computed.</summary>
    public static double Back(Unit unit, decimal written) => (double)(unit == Unit.Share ? written / Percent : written);

    /// <summary>Without trailing zeros, in no language: 95, 12.5.</summary>
    public static string Text(decimal written) => written.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Text"/> writes, or null.</summary>
    public static decimal? Read(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
