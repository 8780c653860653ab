using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.TieOuts;

/// <summary>How a control total stands.</summary>
public enum TieOutState
{
    /// <summary>What is stored is what the source says.</summary>
    Ok,

    /// <summary>It is not.</summary>
    Differs,

    /// <summary>The source has some and nothing of it is stored.</summary>
    NoData,

    /// <summary>It is not, but what is stored changed after the source counted: the two are of different moments.</summary>
    Stale,
}

/// <summary>What a source says it has of a fact in a period, and what is stored.</summary>
public sealed record Compared
{
    private static readonly string Sql = SqlText.Read(typeof(Compared), "TieOuts/Compared.sql");
    private static readonly string Months = SqlText.Read(typeof(Compared), "TieOuts/StoredMonths.sql");

    /// <summary>Number of the total.</summary>
    public required long Id { get; init; }

    /// <summary>The source, as its keys begin.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the fact.</summary>
    public required string Fact { get; init; }

    /// <summary>A month, a quarter or <c>all</c>.</summary>
    public required string Period { get; init; }

    /// <summary>ISO 4217; empty when all currencies count together.</summary>
    public required string Currency { get; init; }

    /// <summary>Records the source has.</summary>
    public required long SaidRows { get; init; }

    /// <summary>Their amount; null where the source does not say.</summary>
    public required decimal? SaidAmount { get; init; }

    /// <summary>When the source counted.</summary>
    public required DateTimeOffset StatedAt { get; init; }

    /// <summary>The file it said so in.</summary>
    public required string File { get; init; }

    /// <summary>Facts stored and not deleted.</summary>
    public required long StoredRows { get; init; }

    /// <summary>Their amount; null where they are in several currencies, which have no sum.</summary>
    public required decimal? StoredAmount { get; init; }

    /// <summary>When the latest batch came that brought any of them; null when there are none.</summary>
    public required DateTimeOffset? KnownAt { get; init; }

    /// <summary>Single records the source listed; 0 when it gave totals only.</summary>
    public required long Listed { get; init; }

    /// <summary>Stored less said.</summary>
    public long RowsDifference => StoredRows - SaidRows;

    /// <summary>Stored less said; null where there is nothing to compare.</summary>
    public decimal? AmountDifference => StoredAmount - SaidAmount;

    /// <summary>How it stands.</summary>
    public TieOutState State => this switch
    {
        { RowsDifference: 0 } when SaidAmount is null || AmountDifference == 0 => TieOutState.Ok,
        { KnownAt: { } known } when known > StatedAt => TieOutState.Stale,
        { StoredRows: 0 } => TieOutState.NoData,
        _ => TieOutState.Differs,
    };

    /// <summary>Every total, by source, fact and period, the latest period first.</summary>
    public static Task<IReadOnlyList<Compared>> ReadAsync(NpgsqlDataSource db, TimeZoneInfo zone, CancellationToken ct) => ReadAsync(db, zone, null, ct);

    /// <summary>One total; null when there is none of that number.</summary>
    public static async Task<Compared?> FindAsync(NpgsqlDataSource db, TimeZoneInfo zone, long id, CancellationToken ct) =>
        (await ReadAsync(db, zone, id, ct)).SingleOrDefault();

    private static async Task<IReadOnlyList<Compared>> ReadAsync(NpgsqlDataSource db, TimeZoneInfo zone, long? id, CancellationToken ct)
    {
        var facts = await FactsAsync(db, id, ct);
        if (facts.Count == 0) return [];
        await using var command = db.CreateCommand(Sql.Replace("{facts}", string.Join("\nunion all\n", facts.Select(MonthsOf)), StringComparison.Ordinal));
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue(zone.Id);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Bigint, (object?)id ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var compared = new List<Compared>();
        while (await reader.ReadAsync(ct)) compared.Add(Row(reader));
        return compared;
    }

    private static async Task<IReadOnlyList<FactTable>> FactsAsync(NpgsqlDataSource db, long? id, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select distinct fact from tie_out where $1::bigint is null or tie_out_id = $1");
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Bigint, (object?)id ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var facts = new List<FactTable>();
        while (await reader.ReadAsync(ct))
            if (FactTable.Find(reader.GetString(0)) is { } table) facts.Add(table);
        return facts;
    }

    private static string MonthsOf(FactTable fact) => FactColumns.Fill(Months, fact);

    private static Compared Row(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Source = row.GetString(1),
        Fact = row.GetString(2),
        Period = row.GetString(3),
        Currency = row.GetString(4),
        SaidRows = row.GetInt64(5),
        SaidAmount = row.IsDBNull(6) ? null : row.GetDecimal(6),
        StatedAt = row.GetFieldValue<DateTimeOffset>(7),
        File = row.GetString(8),
        StoredRows = row.GetInt64(9),
        StoredAmount = row.GetInt64(11) > 1 ? null : row.GetDecimal(10),
        KnownAt = row.GetFieldValue<DateTimeOffset?>(12),
        Listed = row.GetInt64(13),
    };
}
