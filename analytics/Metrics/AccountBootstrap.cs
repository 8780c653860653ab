namespace Followthrough.Analytics.Metrics;

/// <summary>The interval of a mean over accounts: respondents of one account are a cluster, so whole accounts are drawn again.</summary>
public static class AccountBootstrap
{
    private const int Draws = 2_000;
    private const int Seed = 20_260_101;
    private const double LargeShare = 0.05;

    /// <summary>
    /// The 95 % interval; null for fewer than two accounts. Where more than 5 % of the population answered it is narrowed by the
    /// finite-population factor. The same figures always give the same interval.
    /// </summary>
    /// <param name="means">The mean of each account that answered, in any order that is the same each time.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="population">Accounts that could have answered, those that did among them; null where nobody knows, and nothing is narrowed.</param>
    public static Interval? Of(IReadOnlyList<double> means, double mean, long? population)
    {
        if (means.Count < 2) return null;
        var random = new Random(Seed);
        var drawn = new double[Draws];
        for (var i = 0; i < Draws; i++) drawn[i] = Draw(means, random);
        Array.Sort(drawn);
        var factor = Factor(means.Count, population);
        return new Interval(mean - (mean - Quantile(drawn, 0.025)) * factor, mean + (Quantile(drawn, 0.975) - mean) * factor);
    }

    private static double Draw(IReadOnlyList<double> means, Random random)
    {
        var sum = 0.0;
        for (var i = 0; i < means.Count; i++) sum += means[random.Next(means.Count)];
        return sum / means.Count;
    }

    private static double Factor(int n, long? population) =>
        population is > 1 and { } all && n > LargeShare * all ? Math.Sqrt((all - n) / (all - 1.0)) : 1;

    /// <summary>The value below which that share of the sorted values lies, between neighbours on a line.</summary>
    internal static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return sorted[below] + (at - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }
}
