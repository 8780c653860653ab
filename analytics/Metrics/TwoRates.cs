namespace Followthrough.Analytics.Metrics;

/// <summary>Whether two rates differ by more than chance would make them: the test of two proportions with the pooled rate.</summary>
public static class TwoRates
{
    /// <summary>
    /// How many standard errors <paramref name="kept"/> of <paramref name="n"/> lies above (below: negative) <paramref name="priorKept"/> of
    /// <paramref name="priorN"/>; null where that can't be said: one is of no cases, or all of both are alike.
    /// </summary>
    public static double? Strength(long kept, long n, long priorKept, long priorN)
    {
        if (n == 0 || priorN == 0) return null;
        var pooled = (double)(kept + priorKept) / (n + priorN);
        var error = Math.Sqrt(pooled * (1 - pooled) * (1.0 / n + 1.0 / priorN));
        return error == 0 ? null : ((double)kept / n - (double)priorKept / priorN) / error;
    }

    /// <summary>
    /// The 95 % interval of the first rate less the second, by Newcombe's method: Wilson's intervals of the two put together. Null where one
    /// is of no cases.
    /// </summary>
    public static Interval? Difference(long kept, long n, long priorKept, long priorN)
    {
        if (Wilson.Of(kept, n) is not { } one || Wilson.Of(priorKept, priorN) is not { } other) return null;
        var (p, q) = ((double)kept / n, (double)priorKept / priorN);
        return new Interval(p - q - Root(p - one.Low, other.High - q), p - q + Root(one.High - p, q - other.Low));
    }

    /// <summary>Whether chance alone explains that two rates differ: the interval of the difference has zero inside. True where one is of no cases.</summary>
    public static bool MayBeChance(long kept, long n, long priorKept, long priorN) =>
        Difference(kept, n, priorKept, priorN) is not { } difference || (difference.Low <= 0 && 0 <= difference.High);

    /// <summary>Whether chance alone explains a change; true where there is nothing to compare with.</summary>
    public static bool MayBeChance(CommitmentValue now, CommitmentValue? prior) => prior is null || MayBeChance(now.Kept, now.N, prior.Kept, prior.N);

    /// <summary>Chance alone goes that far in fewer than 5 of 100 cases.</summary>
    public static bool BeyondChance(double strength) => Math.Abs(strength) >= Interval.Z;

    private static double Root(double a, double b) => Math.Sqrt(a * a + b * b);
}
