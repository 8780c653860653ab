using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.People;

/// <summary>
/// What each person or team was to be expected to keep, had each of its customers been served as the company serves customers of that
/// segment. Whoever has the hard customers is then not held against whoever has the easy ones.
/// </summary>
internal sealed class CaseMix
{
    // Every segment is a question of its own; a company with more has no segments but labels.
    private const int MostSegments = 12;

    private readonly Dictionary<string, (double Kept, long N)> _expected = [];

    /// <summary>As a fraction; null for nobody, without cases, or without segments to tell customers apart.</summary>
    internal double? Expected(string? key) => key is not null && _expected.TryGetValue(key, out var e) && e.N > 0 ? e.Kept / e.N : null;

    /// <param name="metrics">Answers.</param>
    /// <param name="query">The question whose groups are compared, with the viewer's limits.</param>
    /// <param name="by">Staff or team.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="ct">Stops the reading.</param>
    internal static async Task<CaseMix> ReadAsync(
        MetricReader metrics, MetricQuery query, Dimension by, IReadOnlyList<CommitmentGroup> groups, CancellationToken ct)
    {
        var mix = new CaseMix();
        if (groups.Count == 0) return mix;
        var company = await metrics.CommitmentGroupsAsync(OfCompany(query), Dimension.Segment, ct);
        var segments = company.Where(s => s.Key is not null && s.Value.Value is not null).ToList();
        if (segments.Count is 0 or > MostSegments) return mix;
        foreach (var segment in segments)
            foreach (var group in await metrics.CommitmentGroupsAsync(query with { Segment = segment.Key }, by, ct))
                mix.Add(group.Key, segment.Value.Value!.Value, group.Value.N);
        mix.AddRest(groups, company.FirstOrDefault(s => s.Key is null)?.Value.Value);
        return mix;
    }

    /// <summary>The same of the whole company: a figure without names, so that everybody is held against the same one.</summary>
    internal static MetricQuery OfCompany(MetricQuery query) =>
        query with { Viewer = Viewer.Everything(query.Viewer.Name), Team = null, Staff = null, Account = null, WithDurations = false };

    // Customers without a segment are a segment too, which cannot be asked for by name.
    private void AddRest(IReadOnlyList<CommitmentGroup> groups, double? rate)
    {
        foreach (var group in groups.Where(g => g.Key is not null))
        {
            var rest = group.Value.N - _expected.GetValueOrDefault(group.Key!).N;
            if (rest > 0 && rate is { } known) Add(group.Key, known, rest);
            else if (rest != 0) _expected.Remove(group.Key!);
        }
    }

    private void Add(string? key, double rate, long n)
    {
        if (key is null) return;
        var (kept, sum) = _expected.GetValueOrDefault(key);
        _expected[key] = (kept + rate * n, sum + n);
    }
}
