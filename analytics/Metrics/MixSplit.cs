namespace Followthrough.Analytics.Metrics;

/// <summary>
/// Splits the change of a quotient between what its groups did and how much of the whole each of them was (Kitagawa): both halves of all groups
/// add up to the change.
/// </summary>
/// <param name="By">What it is split by.</param>
/// <param name="Groups">Those of either period, the one that did most of the change first.</param>
public sealed record MixSplit(Dimension By, IReadOnlyList<SplitGroup> Groups)
{
    /// <summary>What the groups' own figures did, in the metric's unit.</summary>
    public double Own => Groups.Sum(group => group.Own);

    /// <summary>What it did that groups became a larger or smaller part of the whole, in the metric's unit.</summary>
    public double Mix => Groups.Sum(group => group.Mix);

    /// <summary>The change.</summary>
    public double Difference => Own + Mix;

    /// <summary>The split; null where the metric is no quotient of sums, or one period has no cases.</summary>
    public static MixSplit? Of(MetricDefinition metric, Dimension by, IReadOnlyList<MetricGroup> now, IReadOnlyList<MetricGroup> prior)
    {
        var (all, before) = (now.Sum(g => Weight(metric, g.Value)), prior.Sum(g => Weight(metric, g.Value)));
        if (!Splits(metric) || all <= 0 || before <= 0) return null;
        var mean = (Whole(metric, now) / all + Whole(metric, prior) / before) / 2;
        var groups = now.Select(g => g.Key).Union(prior.Select(g => g.Key))
            .Select(key => Of(metric, now.FirstOrDefault(g => g.Key == key), prior.FirstOrDefault(g => g.Key == key), all, before, mean)).OfType<SplitGroup>().ToList();
        var sign = Math.Sign(groups.Sum(g => g.Own + g.Mix));
        return new MixSplit(by, [.. groups.OrderByDescending(g => sign * g.Own)]);
    }

    private static SplitGroup? Of(MetricDefinition metric, MetricGroup? now, MetricGroup? prior, double all, double before, double mean)
    {
        var (to, from) = (now?.Value.Value, prior?.Value.Value);
        if ((to ?? from) is not { } known) return null;
        var (weight, weightBefore) = (now is null ? 0 : Weight(metric, now.Value) / all, prior is null ? 0 : Weight(metric, prior.Value) / before);
        var (reached, had) = (to ?? known, from ?? known);
        return new SplitGroup((now ?? prior)!.Key, (now ?? prior)!.Name, now?.Value, prior?.Value, weight, weightBefore,
            (weight + weightBefore) / 2 * (reached - had), (weight - weightBefore) * ((reached + had) / 2 - mean));
    }

    private static bool Splits(MetricDefinition metric) => metric.Aggregation is Aggregation.KeptShare or Aggregation.Share or Aggregation.Ratio;

    private static double Whole(MetricDefinition metric, IReadOnlyList<MetricGroup> groups) => groups.Sum(g => Weight(metric, g.Value) * (g.Value.Value ?? 0));

    private static double Weight(MetricDefinition metric, MetricValue value) =>
        value.Value is null ? 0 : metric.Aggregation == Aggregation.Ratio ? (double)((value as MeasureValue)?.Base ?? 0) : value.N;
}

/// <summary>What a group did to the change of the whole.</summary>
/// <param name="Key">Its key; null for what has none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Now">Its figure; null when it has no cases.</param>
/// <param name="Prior">Its figure before; null when it had no cases.</param>
/// <param name="Weight">Its part of the whole, 0 to 1.</param>
/// <param name="WeightBefore">Its part of the whole before, 0 to 1.</param>
/// <param name="Own">What its own figure did, in the metric's unit.</param>
/// <param name="Mix">What it did that it became a larger or smaller part, in the metric's unit.</param>
public sealed record SplitGroup(
    string? Key, string Name, MetricValue? Now, MetricValue? Prior, double Weight, double WeightBefore, double Own, double Mix);
