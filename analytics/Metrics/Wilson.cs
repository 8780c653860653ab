namespace Followthrough.Analytics.Metrics;

/// <summary>Wilson's score interval for a rate: honest at the ends and for few cases.</summary>
public static class Wilson
{
    /// <summary>The 95 % interval of <paramref name="kept"/> out of <paramref name="n"/>; null when n is 0.</summary>
    public static Interval? Of(long kept, long n)
    {
        if (n == 0) return null;
        var p = (double)kept / n;
        var denominator = 1 + Interval.Z * Interval.Z / n;
        var centre = (p + Interval.Z * Interval.Z / (2.0 * n)) / denominator;
        var half = Interval.Z * Math.Sqrt(p * (1 - p) / n + Interval.Z * Interval.Z / (4.0 * n * n)) / denominator;
        return new Interval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
