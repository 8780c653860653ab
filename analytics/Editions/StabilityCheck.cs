using Followthrough.Analytics.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>A figure of a past month that is no longer what it was.</summary>
public sealed record Moved(string Metric, string Month, double? From, double? To);

/// <summary>What a stability check found.</summary>
/// <param name="Looked">Figures looked at.</param>
/// <param name="Moved">Those that differ from when they were last looked at.</param>
/// <param name="Broken">What is wrong with editions, in sentences.</param>
public sealed record Stability(int Looked, IReadOnlyList<Moved> Moved, IReadOnlyList<string> Broken);

/// <summary>
/// Looks whether what is settled stays: the figures of past months in open quarters against when they were last seen, and editions against
/// their hashes. Each movement is found once.
/// </summary>
public sealed class StabilityCheck(NpgsqlDataSource db, TimeProvider clock)
{
    // What comes in within a week of a month's end is no surprise.
    private const int DaysToSettle = 7;
    private const int MonthsBack = 6;

    // Nobody minds the last digit of a sum of quotients.
    private const double Near = 1e-9;

    /// <summary>Looks, and remembers what it saw.</summary>
    public async Task<Stability> RunAsync(IProgress<(long Done, long Total)>? progress, CancellationToken ct)
    {
        var company = await Company.ReadAsync(db, ct);
        var editions = await EditionList.ReadAsync(db, ct);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), company.Zone).DateTime);
        var months = Enumerable.Range(1, MonthsBack).Select(back => Period.MonthOf(today.AddMonths(-back)))
            .Where(month => month.End.AddDays(DaysToSettle) <= today && editions.Within(month).Count == 0).ToList();
        var metrics = MetricCatalogue.All.Where(Settles).ToList();
        var moved = new List<Moved>();
        await using var reader = new MetricReader(db, clock);
        for (var i = 0; i < metrics.Count; i++)
        {
            progress?.Report((i, metrics.Count));
            foreach (var month in months)
            {
                var value = await reader.ValueAsync(new MetricQuery { Metric = metrics[i].Id, Period = month, WithDurations = false, Viewer = Viewer.Everything("stability") }, ct);
                if (value is not CommitmentValue { Pending: > 0 } && await SeenAsync(metrics[i].Id, month, value, ct) is { } change) moved.Add(change);
            }
        }
        return new Stability(metrics.Count * months.Count, moved, await EditionCheck.FindAsync(db, ct));
    }

    // Lengths go on as long as anything does, and what depends on the period's end is about more than the month.
    private static bool Settles(MetricDefinition metric) =>
        metric.Aggregation is Aggregation.KeptShare or Aggregation.Sum or Aggregation.Share or Aggregation.Ratio && metric is not MeasureMetric { DependsOnPeriod: true };

    private async Task<Moved?> SeenAsync(string metric, Period month, MetricValue value, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            with before as (select last_value, last_n from settled_figure where metric = $1 and month = $2),
            seen as (
              insert into settled_figure as s (metric, month, first_value, first_n, first_seen_at, last_value, last_n, last_seen_at)
              values ($1, $2, $3, $4, $5, $3, $4, $5)
              on conflict (metric, month) do update set last_value = excluded.last_value, last_n = excluded.last_n, last_seen_at = excluded.last_seen_at
            )
            select last_value, last_n from before
            """);
        command.Parameters.AddWithValue(metric);
        command.Parameters.AddWithValue(month.Start);
        command.Parameters.AddWithValue(NpgsqlDbType.Double, (object?)value.Value ?? DBNull.Value);
        command.Parameters.AddWithValue(value.N);
        command.Parameters.AddWithValue(clock.GetUtcNow());
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        var (before, n) = (row.IsDBNull(0) ? (double?)null : row.GetDouble(0), row.GetInt64(1));
        var isSame = n == value.N && before is null == value.Value is null && Math.Abs((before ?? 0) - (value.Value ?? 0)) <= Near * Math.Max(1, Math.Abs(before ?? 0));
        return isSame ? null : new Moved(metric, month.Label, before, value.Value);
    }
}
