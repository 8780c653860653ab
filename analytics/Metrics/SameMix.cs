namespace Followthrough.Analytics.Metrics;

/// <summary>
/// How all kinds together went against another period, had both the mix of kinds of the first: what is left of a change when a kind that is
/// seldom kept fell due more or less often.
/// </summary>
/// <param name="Difference">As a fraction; negative when fewer were kept.</param>
/// <param name="Interval">95 %, the kinds weighted as in the first period.</param>
public sealed record SameMix(double Difference, Interval Interval)
{
    /// <summary>Whether chance alone explains it.</summary>
    public bool MayBeChance => Interval.Low <= 0 && 0 <= Interval.High;

    /// <summary>Over the kinds that both periods have; null where they have none in common.</summary>
    /// <param name="kinds">Each kind's figure in the first period and in the other.</param>
    public static SameMix? Of(IEnumerable<(CommitmentValue Now, CommitmentValue Prior)> kinds)
    {
        var both = kinds.Where(kind => kind is { Now.N: > 0, Prior.N: > 0 }).ToList();
        if (both.Count == 0) return null;
        var all = (double)both.Sum(kind => kind.Now.N);
        var (difference, variance) = (0.0, 0.0);
        foreach (var (now, prior) in both)
        {
            var weight = now.N / all;
            difference += weight * (Rate(now) - Rate(prior));
            variance += weight * weight * (Variance(now) + Variance(prior));
        }
        var reach = Interval.Z * Math.Sqrt(variance);
        return new SameMix(difference, new Interval(difference - reach, difference + reach));
    }

    private static double Rate(CommitmentValue value) => (double)value.Kept / value.N;

    // Two cases more on either side: a kind of which all were kept is not known to be kept always.
    private static double Variance(CommitmentValue value)
    {
        var (n, p) = (value.N + 4.0, (value.Kept + 2) / (value.N + 4.0));
        return p * (1 - p) / n;
    }
}
