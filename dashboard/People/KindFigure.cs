using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.People;

/// <summary>One kind of commitments of a person or a team.</summary>
/// <param name="Metric">The kind's metric.</param>
/// <param name="Value">The person's or team's figure in the period.</param>
/// <param name="Prior">The same in the period before; null when there is none.</param>
/// <param name="Company">The whole company's in the period.</param>
public sealed record KindFigure(CommitmentMetric Metric, CommitmentValue Value, CommitmentValue? Prior, CommitmentValue Company)
{
    /// <summary>Every kind of which the period has any, those with the most cases first.</summary>
    internal static async Task<IReadOnlyList<KindFigure>> ReadAsync(MetricReader metrics, MetricQuery query, Period? prior, CancellationToken ct)
    {
        var figures = new List<KindFigure>();
        foreach (var metric in MetricCatalogue.Commitments)
        {
            var asked = query with { Metric = metric.Id, WithDurations = false };
            var value = await metrics.CommitmentsAsync(asked, ct);
            if (value.N + value.Pending + value.Excluded.Values.Sum() == 0) continue;
            var before = prior is null ? null : await metrics.CommitmentsAsync(asked with { Period = prior }, ct);
            figures.Add(new KindFigure(metric, value, before, await metrics.CommitmentsAsync(CaseMix.OfCompany(asked), ct)));
        }
        return [.. figures.OrderByDescending(f => f.Value.N)];
    }
}
