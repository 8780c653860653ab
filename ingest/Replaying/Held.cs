using System.Text.Json;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Ingest.Replaying;

/// <summary>An open row of the quarantine.</summary>
internal sealed record Held
{
    private static readonly string Sql = SqlText.Read(typeof(Held), "Replaying/Held.sql");

    public required long Id { get; init; }
    public required long Position { get; init; }
    public required string Fact { get; init; }
    public required int Rule { get; init; }
    public required string? Key { get; init; }
    public required string? Field { get; init; }
    public required string Reason { get; init; }
    public required string Message { get; init; }

    /// <summary>The record as it came, its long fields shortened.</summary>
    public required string Record { get; init; }

    /// <summary>Fields corrected by hand; empty when it is as it came.</summary>
    public required IReadOnlyDictionary<string, string> Edit { get; init; }

    /// <summary>The batches that have any of what is asked for, oldest first.</summary>
    public static async Task<IReadOnlyList<long>> BatchesAsync(NpgsqlDataSource db, ReplayRequest request, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select distinct batch_id from quarantine
            where resolved_at is null and (cardinality($1::bigint[]) = 0 or quarantine_id = any($1))
              and ($2::text is null or reason = $2) and ($3::bigint is null or batch_id = $3)
            order by batch_id
            """);
        command.Parameters.AddWithValue(request.Ids.ToArray());
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Text, (object?)request.Reason ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Bigint, (object?)request.Batch ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var batches = new List<long>();
        while (await reader.ReadAsync(ct)) batches.Add(reader.GetInt64(0));
        return batches;
    }

    /// <summary>What is asked for of one batch, in the order it was rejected, from behind an id on.</summary>
    public static async Task<IReadOnlyList<Held>> ReadAsync(
        NpgsqlConnection connection, ReplayRequest request, long batch, long behind, int atMost, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddWithValue(batch);
        command.Parameters.AddWithValue(request.Ids.ToArray());
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Text, (object?)request.Reason ?? DBNull.Value);
        command.Parameters.AddWithValue(behind);
        command.Parameters.AddWithValue(atMost);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var held = new List<Held>();
        while (await reader.ReadAsync(ct)) held.Add(Row(reader));
        return held;
    }

    private static Held Row(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Position = row.GetInt64(1),
        Fact = row.GetString(2),
        Rule = row.GetInt32(3),
        Key = row.IsDBNull(4) ? null : row.GetString(4),
        Field = row.IsDBNull(5) ? null : row.GetString(5),
        Reason = row.GetString(6),
        Message = row.GetString(7),
        Record = row.GetString(8),
        Edit = row.IsDBNull(9) ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(9))!,
    };
}
