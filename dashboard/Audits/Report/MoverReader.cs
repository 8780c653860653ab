using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>Finds what moved most, and by whom.</summary>
internal sealed class MoverReader(MetricReader metrics)
{
    private const int Shown = 5;

    // In the order in which they are preferred as an explanation.
    private static readonly Dimension[] Dimensions = [Dimension.Team, Dimension.Segment, Dimension.Region, Dimension.Channel];

    internal async Task<IReadOnlyList<Mover>> ReadAsync(IReadOnlyList<ReportFigure> all, MetricQuery query, Period? prior, CancellationToken ct)
    {
        var movers = new List<Mover>();
        foreach (var figure in Furthest(all)) movers.Add(new Mover(figure, await SplitsAsync(figure, query with { Metric = figure.Metric.Id }, prior!, ct)));
        return movers;
    }

    /// <summary>Those beyond chance, what moved furthest first, one of each family.</summary>
    internal static IReadOnlyList<ReportFigure> Furthest(IEnumerable<ReportFigure> all) =>
    [
        .. all.Where(figure => figure.IsCompared && figure.Change!.IsBeyondChance)
            .OrderByDescending(figure => figure.Moved).ThenByDescending(figure => Math.Abs(figure.Change!.Strength ?? 0)).DistinctBy(figure => figure.Family).Take(Shown),
    ];

    private async Task<IReadOnlyList<MixSplit>> SplitsAsync(ReportFigure figure, MetricQuery query, Period prior, CancellationToken ct)
    {
        var splits = new List<MixSplit>();
        foreach (var by in Dimensions)
            if (MixSplit.Of(figure.Metric, by, await metrics.GroupsAsync(query, by, ct), await metrics.GroupsAsync(query with { Period = prior }, by, ct)) is { } split) splits.Add(split);
        return splits;
    }
}
