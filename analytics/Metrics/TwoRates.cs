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

    /// <summary>Chance alone goes that far in fewer than 5 of 100 cases.</summary>
    public static bool BeyondChance(double strength) => Math.Abs(strength) >= Interval.Z;
}
