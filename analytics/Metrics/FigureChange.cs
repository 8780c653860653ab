namespace Followthrough.Analytics.Metrics;

/// <summary>How a figure changed against another period, and what chance alone would make of it.</summary>
/// <param name="Difference">The one less the other, in the metric's unit.</param>
/// <param name="Interval">95 % of the difference; null for figures that have none.</param>
/// <param name="Strength">How many standard errors the difference is, with its sign; null where that can't be said.</param>
public sealed record FigureChange(double Difference, Interval? Interval, double? Strength)
{
    /// <summary>Whether it is more than chance alone would make of it: zero lies outside its interval. False where there is none.</summary>
    public bool IsBeyondChance => Interval is { } interval && (interval.Low > 0 || interval.High < 0);

    /// <summary>
    /// The change of a figure; null where one of the two is undefined. Shares by Newcombe's interval; whatever else has intervals by their
    /// halves as if the periods were independent, which overstates chance where they overlap.
    /// </summary>
    public static FigureChange? Of(MetricDefinition metric, MetricValue now, MetricValue prior)
    {
        if (now.Value is not { } to || prior.Value is not { } from) return null;
        if (Counts(metric, now) is var (kept, n) && Counts(metric, prior) is var (priorKept, priorN))
            return new FigureChange(to - from, TwoRates.Difference(kept, n, priorKept, priorN), TwoRates.Strength(kept, n, priorKept, priorN));
        if (now.Interval is not { } one || prior.Interval is not { } other) return new FigureChange(to - from, null, null);
        var half = Math.Sqrt(Square(one) + Square(other));
        return new FigureChange(to - from, new Interval(to - from - half, to - from + half), half == 0 ? null : Interval.Z * (to - from) / half);
    }

    private static (long Kept, long N)? Counts(MetricDefinition metric, MetricValue value) => value switch
    {
        CommitmentValue rate => (rate.Kept, rate.N),
        MeasureValue { Amount: { } amount } share when metric.Aggregation == Aggregation.Share => ((long)amount, share.N),
        _ => null,
    };

    private static double Square(Interval interval) => Math.Pow((interval.High - interval.Low) / 2, 2);
}
