namespace Followthrough.Analytics.Metrics;

/// <summary>Commitments of several kinds together: the sums of their counts, each kind by its own definition.</summary>
/// <param name="Kept">Kept, of all kinds.</param>
/// <param name="N">Kept and missed.</param>
/// <param name="Reason">Why there is no rate, in words; null when there is one.</param>
public sealed record CommitmentTotal(long Kept, long N, string? Reason)
{
    // The second of two clocks over the same deliveries: counted once, by the first.
    private static readonly string[] Twice = ["deliver_current"];

    /// <summary>Missed, of all kinds.</summary>
    public long Missed => N - Kept;

    /// <summary>Fraction kept; null with <see cref="Reason"/>.</summary>
    public double? Value => N == 0 ? null : (double)Kept / N;

    /// <summary>95 %; null when there is no rate.</summary>
    public Interval? Interval => Wilson.Of(Kept, N);

    /// <summary>Whether a metric's commitments are counted in the total.</summary>
    public static bool Includes(CommitmentMetric metric) => !Twice.Contains(metric.Kind);

    /// <summary>The total of these figures; all of one period and viewer.</summary>
    public static CommitmentTotal Of(IEnumerable<CommitmentValue> values)
    {
        var (kept, n) = values.Aggregate((Kept: 0L, N: 0L), (sum, value) => (sum.Kept + value.Kept, sum.N + value.N));
        return new CommitmentTotal(kept, n, n == 0 ? "nothing was owed in this period that is due by now" : null);
    }
}
