namespace Followthrough.Analytics.Metrics;

/// <summary>The net promoter score: percent of 9 and 10 less percent of 0 to 6.</summary>
public static class NetPromoter
{
    /// <summary>
    /// The 95 % interval by the adjusted Wald method: three more respondents, three quarters of one of them a promoter and as much a
    /// detractor. In points, within ±100; null without respondents.
    /// </summary>
    public static Interval? Interval(long promoters, long detractors, long n)
    {
        if (n == 0) return null;
        var adjusted = n + 3.0;
        var (p, d) = ((promoters + 0.75) / adjusted, (detractors + 0.75) / adjusted);
        var half = Metrics.Interval.Z * Math.Sqrt((p + d - (p - d) * (p - d)) / adjusted);
        return new Interval(Math.Max(-100, 100 * (p - d - half)), Math.Min(100, 100 * (p - d + half)));
    }
}
