using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>A record that could not become a fact.</summary>
public sealed record Rejected
{
    private static readonly string Sql = SqlText.Read(typeof(Rejected), "Data/Rejected.sql");

    public required long Id { get; init; }
    public required string File { get; init; }
    public required long Line { get; init; }
    public required string Fact { get; init; }

    /// <summary>The field at fault; null when it is the record as a whole.</summary>
    public required string? Field { get; init; }

    public required string Reason { get; init; }
    public required string Message { get; init; }

    /// <summary>The account it waits for; it goes in by itself when that arrives. Null otherwise.</summary>
    public required string? WaitingForAccount { get; init; }

    public required DateTimeOffset RejectedAt { get; init; }

    /// <summary>When it was settled; null while it is open.</summary>
    public required DateTimeOffset? ResolvedAt { get; init; }

    internal static async Task<Listed<Rejected>> ReadAsync(NpgsqlDataSource db, RejectedScope scope, int offset, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(scope.All);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Text, (object?)scope.Reason ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Bigint, (object?)scope.Batch ?? DBNull.Value);
        command.Parameters.AddWithValue(DataEndpoint.OnPage);
        command.Parameters.AddWithValue(offset);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var rejected = new List<Rejected>();
        var total = 0L;
        while (await rows.ReadAsync(cancellation))
        {
            rejected.Add(Row(rows));
            total = rows.GetInt64(10);
        }
        return new Listed<Rejected>(rejected, total);
    }

    private static Rejected Row(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        File = row.GetString(1),
        Line = row.GetInt64(2),
        Fact = row.GetString(3),
        Field = row.IsDBNull(4) ? null : row.GetString(4),
        Reason = row.GetString(5),
        Message = row.GetString(6),
        WaitingForAccount = row.IsDBNull(7) ? null : row.GetString(7),
        RejectedAt = row.GetFieldValue<DateTimeOffset>(8),
        ResolvedAt = row.GetFieldValue<DateTimeOffset?>(9),
    };
}
