using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Editions;

/// <summary>Reads all rows of a question, from wherever it is answered.</summary>
internal static class BridgeRows
{
    private static readonly string Commitments = SqlText.Read(typeof(BridgeRows), "Editions/BridgeRows.sql");
    private static readonly string Measures = SqlText.Read(typeof(BridgeRows), "Editions/BridgeMeasures.sql");

    public static async Task<List<FigureRow>> ReadAsync(MetricSession session, CancellationToken ct)
    {
        var isRate = session.Definition is CommitmentMetric;
        await using var command = isRate ? session.Command(CommitmentReader.ScopeOf(session) + Commitments) : MeasureReader.Command(session, attribute: true, null, Measures);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<FigureRow>();
        while (await row.ReadAsync(ct)) rows.Add(isRate ? Rate(row) : Measure(row));
        return rows;
    }

    private static FigureRow Rate(NpgsqlDataReader row) => Named(row) with
    {
        Status = row.GetString(9),
        DueAt = row.GetFieldValue<DateTimeOffset>(10),
        FulfilledBy = Text(row, 11),
        FulfilledAt = row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12),
        Excluded = Text(row, 13),
    };

    private static FigureRow Measure(NpgsqlDataReader row) => Named(row) with
    {
        Amount = row.IsDBNull(9) ? null : row.GetDecimal(9),
        Base = row.IsDBNull(10) ? null : row.GetDecimal(10),
        Currency = Text(row, 11),
        Finished = row.IsDBNull(12) ? null : row.GetBoolean(12),
        Excluded = Text(row, 13),
    };

    private static FigureRow Named(NpgsqlDataReader row) => new()
    {
        Fact = row.GetString(0),
        Key = row.GetString(1),
        AccountId = row.GetInt64(2),
        Staff = Text(row, 3),
        Team = Text(row, 4),
        Region = Text(row, 5),
        Segment = Text(row, 6),
        Channel = Text(row, 7),
        CountedAt = row.GetFieldValue<DateTimeOffset>(8),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
