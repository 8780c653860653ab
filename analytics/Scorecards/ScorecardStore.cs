using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Scorecards;

/// <summary>Keeps scorecards: versions are added and never changed.</summary>
internal static class ScorecardStore
{
    private const string All = """
        select scorecard_id, version, name, team_key, title, from_day, ended, lines::text, reason, made_at, made_by
        from scorecard where $1::timestamptz is null or made_at <= $1
        order by scorecard_id, version
        """;

    /// <summary>All there were at a moment; null is now.</summary>
    public static async Task<ScorecardShelf> ReadAsync(NpgsqlDataSource db, DateTimeOffset? asOf, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await ReadAsync(connection, asOf, ct);
    }

    /// <summary>Adds a version in the connection's transaction and gives what is wrong with it; none when it is in. Its number is the next one.</summary>
    public static async Task<IReadOnlyList<string>> AddAsync(NpgsqlConnection connection, Scorecard scorecard, CancellationToken ct)
    {
        await using (var gate = new NpgsqlCommand("lock table scorecard in share row exclusive mode", connection)) await gate.ExecuteNonQueryAsync(ct);
        var shelf = await ReadAsync(connection, null, ct);
        var faults = ScorecardRules.Faults(scorecard, shelf.Since(scorecard.From)).ToList();
        if (faults.Count > 0) return faults;
        await using var insert = new NpgsqlCommand("""
            insert into scorecard (scorecard_id, version, name, team_key, title, from_day, ended, lines, reason, made_at, made_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """, connection);
        var version = shelf.All.Where(s => s.Id == scorecard.Id).Select(s => s.Version).DefaultIfEmpty(0).Max() + 1;
        foreach (var value in new object?[] { scorecard.Id, version, scorecard.Name, scorecard.Team, scorecard.Title, scorecard.From, scorecard.Ended })
            insert.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = JsonSerializer.Serialize(scorecard.Lines, MetricReport.Snake) });
        foreach (var value in new object[] { scorecard.Reason, scorecard.MadeAt, scorecard.MadeBy }) insert.Parameters.Add(new NpgsqlParameter { Value = value });
        await insert.ExecuteNonQueryAsync(ct);
        return [];
    }

    /// <inheritdoc cref="ReadAsync(NpgsqlDataSource, DateTimeOffset?, CancellationToken)"/>
    public static async Task<ScorecardShelf> ReadAsync(NpgsqlConnection connection, DateTimeOffset? asOf, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(All, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)asOf?.ToUniversalTime() ?? DBNull.Value });
        await using var row = await command.ExecuteReaderAsync(ct);
        var all = new List<Scorecard>();
        while (await row.ReadAsync(ct))
        {
            all.Add(new Scorecard
            {
                Id = row.GetString(0),
                Version = row.GetInt32(1),
                Name = row.GetString(2),
                Team = await row.IsDBNullAsync(3, ct) ? null : row.GetString(3),
                Title = await row.IsDBNullAsync(4, ct) ? null : row.GetString(4),
                From = await row.GetFieldValueAsync<DateOnly>(5, ct),
                Ended = row.GetBoolean(6),
                Lines = JsonSerializer.Deserialize<WeightedMetric[]>(row.GetString(7), MetricReport.Snake)!,
                Reason = row.GetString(8),
                MadeAt = await row.GetFieldValueAsync<DateTimeOffset>(9, ct),
                MadeBy = row.GetString(10),
            });
        }
        return new ScorecardShelf(all);
    }
}
