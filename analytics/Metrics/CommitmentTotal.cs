namespace Followthrough.Analytics.Metrics;

/// <summary>
/// Commitments of several kinds together: the sums of their counts, each kind by its own definition. A figure to begin with and no metric of
/// the catalogue: its parts keep their definitions, targets and rows.
/// </summary>
public sealed record CommitmentTotal : MetricValue
{
    /// <summary>What exports call it.</summary>
    public const string Id = "commitments_kept";

    /// <summary>Name in plain words.</summary>
    public const string Name = "Commitments kept";

    /// <summary>What it is, in a sentence.</summary>
    public const string Formula = "commitments of every kind that were kept / those kept or missed, each kind by its own definition, each delivery once by its first date";

    /// <summary>Below this n nobody is judged by it.</summary>
    public const int MinimumN = 10;

    private const int Version = 1;

    // The second of two clocks over the same deliveries: counted once, by the first.
    private static readonly string[] Twice = ["deliver_current"];

    // A changed definition of any kind is another total.
    private static readonly Lazy<string> Definition = new(() => MetricDefinition.HashOf(string.Join('\n', Kinds.Select(metric => metric.Hash))));

    /// <summary>The metrics whose commitments are counted in it.</summary>
    public static IEnumerable<CommitmentMetric> Kinds => MetricCatalogue.Commitments.Where(Includes);

    /// <summary>Kept, of all kinds.</summary>
    public required long Kept { get; init; }

    /// <summary>Missed, of all kinds.</summary>
    public long Missed => N - Kept;

    /// <summary>Whether a metric's commitments are counted in the total.</summary>
    public static bool Includes(CommitmentMetric metric) => !Twice.Contains(metric.Kind);

    /// <summary>The total of these figures; all of one period and viewer.</summary>
    public static CommitmentTotal Of(IEnumerable<CommitmentValue> kinds)
    {
        var values = kinds.ToList();
        var (kept, n) = (values.Sum(value => value.Kept), values.Sum(value => value.N));
        return new CommitmentTotal
        {
            Metric = Id,
            Kept = kept,
            N = n,
            Value = n == 0 ? null : (double)kept / n,
            Reason = n == 0 ? "nothing was owed in this period that is due by now" : null,
            Interval = Wilson.Of(kept, n),
            TooFew = n < MinimumN,
            Excluded = values.SelectMany(value => value.Excluded).GroupBy(e => e.Key).ToDictionary(e => e.Key, e => e.Sum(x => x.Value)),
            DefinitionVersion = Version,
            DefinitionHash = Definition.Value,
            AsOf = values.Select(value => value.AsOf).DefaultIfEmpty().Max(),
        };
    }
}
