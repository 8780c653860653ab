using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Dashboard.Commitments;

/// <summary>One contact in the history of a commitment, with its source.</summary>
public sealed record Evidence
{
    internal const int Most = 400;

    private static readonly string Sql = SqlText.Read(typeof(Evidence), "Commitments/Evidence.sql");

    /// <summary>Source key of the interaction.</summary>
    public required string Key { get; init; }

    public required DateTimeOffset At { get; init; }
    public required string Channel { get; init; }
    public required string Direction { get; init; }
    public required string Kind { get; init; }
    public required bool Automatic { get; init; }
    public required bool Bulk { get; init; }
    public required bool ToBot { get; init; }

    /// <summary>Calls: whether a human was reached.</summary>
    public required bool? Connected { get; init; }

    public required int? DurationSeconds { get; init; }
    public required string? MissedReason { get; init; }
    public required string? Subject { get; init; }

    /// <summary>The source deleted it later; what it obliged us to stays.</summary>
    public required bool Deleted { get; init; }

    /// <summary>When we learned of it.</summary>
    public required DateTimeOffset KnownAt { get; init; }

    public required string? ContactName { get; init; }
    public required string? StaffName { get; init; }
    public required long BatchId { get; init; }

    /// <summary>Name of the file it came in; null when its batch is not recorded.</summary>
    public required string? File { get; init; }

    /// <summary>Line of the file at which its record begins.</summary>
    public required long Line { get; init; }

    public required DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>True for the contact that opened the commitment.</summary>
    public required bool Opens { get; init; }

    /// <summary>True for the answer that closed it.</summary>
    public required bool Closes { get; init; }

    /// <summary>True when the one who waits said it or was spoken to; false for others in the thread.</summary>
    public required bool SameParty { get; init; }

    /// <summary>In order of time, at most <see cref="Most"/> and one.</summary>
    internal static async Task<IReadOnlyList<Evidence>> ReadAsync(
        NpgsqlDataSource db, string kind, string account, string key, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(AccountId.Of(account));
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(key);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(Most + 1);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var evidence = new List<Evidence>();
        while (await rows.ReadAsync(cancellation))
            evidence.Add(Read(rows));
        return evidence;
    }

    private static Evidence Read(NpgsqlDataReader row) => new()
    {
        Key = row.GetString(0),
        At = row.GetFieldValue<DateTimeOffset>(1),
        Channel = row.GetString(2),
        Direction = row.GetString(3),
        Kind = row.GetString(4),
        Automatic = row.GetBoolean(5),
        Bulk = row.GetBoolean(6),
        ToBot = row.GetBoolean(7),
        Connected = row.GetFieldValue<bool?>(8),
        DurationSeconds = row.GetFieldValue<int?>(9),
        MissedReason = row.IsDBNull(10) ? null : row.GetString(10),
        Subject = row.IsDBNull(11) ? null : row.GetString(11),
        Deleted = row.GetBoolean(12),
        KnownAt = row.GetFieldValue<DateTimeOffset>(13),
        ContactName = row.IsDBNull(15) ? null : row.GetString(15),
        StaffName = row.IsDBNull(16) ? null : row.GetString(16),
        BatchId = row.GetFieldValue<long?>(17) ?? 0,
        File = row.IsDBNull(18) ? null : row.GetString(18),
        Line = row.GetInt64(19),
        ReceivedAt = row.GetFieldValue<DateTimeOffset?>(20),
        Opens = row.GetBoolean(21),
        Closes = row.GetBoolean(22),
        SameParty = row.GetBoolean(23),
    };
}
