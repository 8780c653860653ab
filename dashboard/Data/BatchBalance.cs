using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>Whether the batches of one mapping add up: what was read is new, changed, unchanged or rejected, and what was rejected is kept.</summary>
public sealed record BatchBalance
{
    private static readonly string Sql = SqlText.Read(typeof(BatchBalance), "Data/BatchBalance.sql");

    /// <summary>How they came in: file, replay, sweep or another way.</summary>
    public required string Source { get; init; }

    public required string Mapping { get; init; }
    public required long Batches { get; init; }
    public required long Read { get; init; }
    public required long Added { get; init; }
    public required long Changed { get; init; }
    public required long Unchanged { get; init; }
    public required long Rejected { get; init; }

    /// <summary>Rows in the quarantine, the settled too.</summary>
    public required long Kept { get; init; }

    /// <summary>Of these, the ones still open.</summary>
    public required long Open { get; init; }

    /// <summary>Batches that do not add up; none, unless something is broken.</summary>
    public required IReadOnlyList<long> Unbalanced { get; init; }

    internal static async Task<IReadOnlyList<BatchBalance>> ReadAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var balances = new List<BatchBalance>();
        while (await rows.ReadAsync(cancellation)) balances.Add(Row(rows));
        return balances;
    }

    private static BatchBalance Row(NpgsqlDataReader row) => new()
    {
        Source = row.GetString(0),
        Mapping = row.GetString(1),
        Batches = row.GetInt64(2),
        Read = row.GetInt64(3),
        Added = row.GetInt64(4),
        Changed = row.GetInt64(5),
        Unchanged = row.GetInt64(6),
        Rejected = row.GetInt64(7),
        Kept = row.GetInt64(8),
        Open = row.GetInt64(9),
        Unbalanced = row.GetFieldValue<long[]>(10),
    };
}
