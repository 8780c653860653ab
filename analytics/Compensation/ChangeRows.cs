using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>Which row it is, and whose: of a person, of a team, of nobody where the company is measured.</summary>
internal readonly record struct ChangeKey(string Whose, string Fact, string Account, string Key);

/// <summary>The rows behind a metric over some days, each with what it adds, at one moment.</summary>
/// <param name="about">Which metric, for whom, over which days.</param>
/// <param name="reader">Knows the moment.</param>
/// <param name="asOf">The moment; null is the reader's now.</param>
internal sealed class ChangeRows(ChangedInput about, MetricReader reader, DateTimeOffset? asOf)
{
    private static readonly Viewer Everybody = Viewer.Everything("pay");

    private readonly Dictionary<ChangeKey, string> _rows = [];

    public IReadOnlyDictionary<ChangeKey, string> Rows => _rows;

    /// <summary>Reads what is one's; with null everybody's, and keeps what is of those asked about.</summary>
    public Task ReadAsync(string? whose, IReadOnlyCollection<string> wanted, CancellationToken ct)
    {
        var kept = wanted.ToHashSet();
        var query = new MetricQuery
        {
            Metric = about.Metric.Id,
            Period = Period.Days(about.From, about.To),
            Staff = about.Now.For == MeasuredFor.Person ? whose : null,
            Team = about.Now.For == MeasuredFor.Team ? whose : null,
            AsOf = asOf,
            AsNowKnown = true,
            WithDurations = false,
            Viewer = Everybody,
        };
        return about.Metric is CommitmentMetric counted ? CommitmentsAsync(query, counted.Kind, kept, ct) : MeasuresAsync(query, kept, ct);
    }

    private Task CommitmentsAsync(MetricQuery query, string kind, HashSet<string> kept, CancellationToken ct) =>
        reader.UseStandingsAsync(query, async all =>
        {
            await foreach (var row in all.WithCancellation(ct))
                if (Whose(row.Staff, row.Team) is { } whose && kept.Contains(whose)) _rows[new(whose, kind, row.Account, row.CommitmentKey)] = row.Status;
        }, ct);

    private Task MeasuresAsync(MetricQuery query, HashSet<string> kept, CancellationToken ct) =>
        reader.UseMeasureRowsAsync(query, MeasureSort.At, descending: false, async all =>
        {
            await foreach (var row in all.Rows.WithCancellation(ct))
            {
                if (Whose(row.Staff, row.Team) is not { } whose || !kept.Contains(whose)) continue;
                // A fact may bring several rows; together they are what it adds.
                var key = new ChangeKey(whose, row.Fact, row.Account, row.Key);
                _rows[key] = _rows.GetValueOrDefault(key) + string.Create(CultureInfo.InvariantCulture, $"{row.Amount}/{row.Base}/{row.Finished}/{row.Excluded};");
            }
        }, ct);

    private string? Whose(string? staff, string? team) => about.Now.For switch { MeasuredFor.Person => staff, MeasuredFor.Team => team, _ => "" };
}
