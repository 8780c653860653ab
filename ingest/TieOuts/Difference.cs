using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Analytics.TieOuts;
using Npgsql;

namespace Followthrough.Ingest.TieOuts;

/// <summary>How a record that a source lists and what is stored stand to each other.</summary>
public enum DifferenceKind
{
    /// <summary>It is stored; nothing was said of it.</summary>
    Stored,

    /// <summary>The source has it; it never came.</summary>
    Missing,

    /// <summary>The source has it; it came and was rejected.</summary>
    Rejected,

    /// <summary>The source has it; it is stored as deleted.</summary>
    Deleted,

    /// <summary>The source has it; it is stored in another period or currency.</summary>
    Elsewhere,

    /// <summary>It is stored; the source does not list it.</summary>
    Surplus,

    /// <summary>Both have it, with different amounts.</summary>
    Amount,
}

/// <summary>A record behind a total.</summary>
/// <param name="Key">Its source key.</param>
/// <param name="Kind">How the two stand to each other.</param>
/// <param name="Said">The amount the source says; null where it does not.</param>
/// <param name="Stored">The amount stored; null where there is none.</param>
/// <param name="Account">Key of its account; null where it has none or is not stored.</param>
/// <param name="OccurredAt">When it happened, as stored; null where it is not.</param>
/// <param name="QuarantineId">Its row in the quarantine; null where it was not rejected.</param>
public sealed record Difference(string Key, DifferenceKind Kind, decimal? Said, decimal? Stored, string? Account, DateTimeOffset? OccurredAt, long? QuarantineId)
{
    private static readonly string Sql = SqlText.Read(typeof(Difference), "TieOuts/Differences.sql");
    private static readonly string StoredSql = SqlText.Read(typeof(Difference), "TieOuts/StoredRecords.sql");

    /// <summary>The records that differ where the source listed its own; else those that are stored.</summary>
    /// <param name="db">The store.</param>
    /// <param name="zone">Where days begin.</param>
    /// <param name="total">The total.</param>
    /// <param name="atMost">Most rows.</param>
    /// <param name="offset">Rows to pass over.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The rows, and how many there are in all; none where the page is beyond the last.</returns>
    public static async Task<(IReadOnlyList<Difference> Rows, long Total)> ReadAsync(
        NpgsqlDataSource db, TimeZoneInfo zone, Compared total, int atMost, int offset, CancellationToken ct)
    {
        if (FactTable.Find(total.Fact) is not { } fact) return ([], 0);
        await using var command = db.CreateCommand(FactColumns.Fill(total.Listed > 0 ? Sql : StoredSql, fact));
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue(total.Id);
        command.Parameters.AddWithValue(zone.Id);
        command.Parameters.AddWithValue(atMost);
        command.Parameters.AddWithValue(offset);
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<Difference>();
        var all = 0L;
        while (await row.ReadAsync(ct))
        {
            rows.Add(Row(row));
            all = row.GetInt64(7);
        }
        return (rows, all);
    }

    private static Difference Row(NpgsqlDataReader row) => new(
        row.GetString(0),
        Enum.Parse<DifferenceKind>(row.GetString(1), ignoreCase: true),
        row.IsDBNull(2) ? null : row.GetDecimal(2),
        row.IsDBNull(3) ? null : row.GetDecimal(3),
        row.IsDBNull(4) ? null : row.GetString(4),
        row.GetFieldValue<DateTimeOffset?>(5),
        row.GetFieldValue<long?>(6));
}
