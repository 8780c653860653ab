using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.People;

/// <summary>
/// How people or teams keep everything they owe. Kinds differ more than people do, so each is held against what the company keeps of the
/// same mix of kinds.
/// </summary>
internal static class Together
{
    /// <summary>What “expected” is here, in a sentence.</summary>
    internal const string Expected = "What the company as a whole keeps of the same kinds of commitments, mixed in the same way";

    /// <summary>In the order they are listed, of one snapshot.</summary>
    internal static Task<IReadOnlyList<Ranked>> ReadAsync(MetricReader metrics, MetricQuery query, Dimension by, CancellationToken ct) =>
        metrics.TogetherAsync(query, $"every kind by {by}", () => SumAsync(metrics, query, by, ct), ct);

    /// <summary>One of them, from its figures of each kind beside the company's.</summary>
    internal static Ranked Of(string? key, string name, IReadOnlyList<(CommitmentValue Own, double? Company)> kinds) =>
        new(key, name, CommitmentTotal.Of([.. kinds.Select(kind => kind.Own)]), ExpectedOf([.. kinds.Where(kind => kind.Own.N > 0)]));

    private static async Task<IReadOnlyList<Ranked>> SumAsync(MetricReader metrics, MetricQuery query, Dimension by, CancellationToken ct)
    {
        var parts = new List<(CommitmentGroup Group, double? Company)>();
        foreach (var metric in CommitmentTotal.Kinds)
        {
            var asked = query with { Metric = metric.Id, WithDurations = false };
            var groups = await metrics.CommitmentGroupsAsync(asked, by, ct);
            if (groups.Count == 0) continue;
            var company = (await metrics.CommitmentsAsync(CaseMix.OfCompany(asked), ct)).Value;
            parts.AddRange(groups.Select(group => (group, company)));
        }
        return Ranked.Order([.. parts.GroupBy(part => part.Group.Key).Select(one => Of(one.Key, one.First().Group.Name, [.. one.Select(part => (part.Group.Value, part.Company))]))]);
    }

    private static double? ExpectedOf(IReadOnlyList<(CommitmentValue Own, double? Company)> kinds) =>
        kinds.Count == 0 || kinds.Any(kind => kind.Company is null) ? null : kinds.Sum(kind => kind.Company!.Value * kind.Own.N) / kinds.Sum(kind => kind.Own.N);
}
