using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>One file as it was loaded.</summary>
public sealed record Batch
{
    private static readonly string Sql = SqlText.Read(typeof(Batch), "Data/Batches.sql");

    public required long Id { get; init; }
    public required string Name { get; init; }
    public required string Mapping { get; init; }
    public required string Sha256 { get; init; }
    public required long Bytes { get; init; }
    public required long Read { get; init; }
    public required long Added { get; init; }
    public required long Changed { get; init; }
    public required long Unchanged { get; init; }
    public required long Rejected { get; init; }

    /// <summary>True when it brought in history under the source's own times.</summary>
    public required bool Backfill { get; init; }

    public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>How it came in: file, replay, sweep or another way.</summary>
    public required string Source { get; init; }

    internal static async Task<Listed<Batch>> ReadAsync(NpgsqlDataSource db, int offset, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(DataEndpoint.OnPage);
        command.Parameters.AddWithValue(offset);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var batches = new List<Batch>();
        var total = 0L;
        while (await rows.ReadAsync(cancellation))
        {
            batches.Add(Row(rows));
            total = rows.GetInt64(12);
        }
        return new Listed<Batch>(batches, total);
    }

    internal static Batch Row(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Name = row.GetString(1),
        Mapping = row.GetString(2),
        Sha256 = row.GetString(3),
        Bytes = row.GetInt64(4),
        Read = row.GetInt64(5),
        Added = row.GetInt64(6),
        Changed = row.GetInt64(7),
        Unchanged = row.GetInt64(8),
        Rejected = row.GetInt64(9),
        Backfill = row.GetBoolean(10),
        CommittedAt = row.GetFieldValue<DateTimeOffset>(11),
        Source = row.GetString(13),
    };
}
