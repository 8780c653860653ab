using System.Text.Json;
using System.Text.Json.Nodes;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Commitments;

/// <summary>A fact that opened or fulfilled a commitment, with its source.</summary>
public sealed record FactEvidence
{
    // What every fact has is shown beside the values or not at all.
    private static readonly HashSet<string> Technical = ["account", "source_key", "occurred_at", "source_modified_at", "deleted"];

    private static readonly string Sql = SqlText.Read(typeof(FactEvidence), "Commitments/FactEvidence.sql").Replace(
        "{facts}",
        string.Join(" union all ", FactTable.All.Where(fact => fact.HasAccount).Select(OfTable)),
        StringComparison.Ordinal);

    /// <summary>Name of the fact's table.</summary>
    public required string Table { get; init; }

    public required string Key { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset KnownAt { get; init; }

    /// <summary>The source deleted it later.</summary>
    public required bool Deleted { get; init; }

    /// <summary>The row as JSON.</summary>
    public required string Record { get; init; }

    /// <summary>Name of the file it came in; null when its batch is not recorded.</summary>
    public required string? File { get; init; }

    /// <summary>Line of the file at which its record begins.</summary>
    public required long Line { get; init; }

    public required DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The batch it came in.</summary>
    public long Batch => JsonNode.Parse(Record)!["batch_id"]!.GetValue<long>();

    /// <summary>True for what opened the commitment.</summary>
    public required bool Opens { get; init; }

    /// <summary>True for what fulfilled it.</summary>
    public required bool Closes { get; init; }

    /// <summary>The fact's own values that are known, in the order of its file, as a reader expects them.</summary>
    public IReadOnlyList<(string Name, string Text)> Values(TimeZoneInfo zone)
    {
        using var document = JsonDocument.Parse(Record);
        var values = new List<(string, string)>();
        foreach (var column in FactTable.Find(Table)!.Columns.Where(column => !Technical.Contains(column.Name)))
            if (document.RootElement.TryGetProperty(column.Name, out var value) && value.ValueKind != JsonValueKind.Null)
                values.Add((column.Name.Replace('_', ' '), Text(column, value, zone)));
        return values;
    }

    internal static async Task<IReadOnlyList<FactEvidence>> ReadAsync(NpgsqlDataSource db, CommitmentRow row, CancellationToken cancellation)
    {
        var opening = OpeningKeys(row.CommitmentKey);
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(AccountId.Of(row.Account));
        command.Parameters.AddWithValue(opening);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Text, (object?)row.FulfilledByKey ?? DBNull.Value);
        command.Parameters.AddWithValue(row.FulfilledByKey is { } closing ? [.. opening, closing] : opening);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var facts = new List<FactEvidence>();
        while (await rows.ReadAsync(cancellation)) facts.Add(Read(rows));
        return facts;
    }

    private static string OfTable(FactTable fact) =>
        $"select '{fact.Name}' as fact, source_key, occurred_at, known_at, deleted, batch_id, position, to_jsonb(f) as record "
        + $"from {fact.Name} f where account_id = $1 and source_key = any($4)";

    // A commitment's key is its fact's, or its fact's and a suffix after a slash; keys may themselves hold slashes.
    private static string[] OpeningKeys(string key) =>
        [key, .. Enumerable.Range(1, key.Length - 1).Where(i => key[i] == '/').Select(i => key[..i])];

    private static string Text(FactColumn column, JsonElement value, TimeZoneInfo zone) => column.Kind switch
    {
        ColumnKind.Instant => Moments.Zoned(value.GetDateTimeOffset(), zone),
        ColumnKind.Flag => value.GetBoolean() ? "yes" : "no",
        ColumnKind.Choice => value.ToString().Replace('_', ' '),
        _ => value.ToString(),
    };

    internal static FactEvidence Read(NpgsqlDataReader row) => new()
    {
        Table = row.GetString(0),
        Key = row.GetString(1),
        OccurredAt = row.GetFieldValue<DateTimeOffset>(2),
        KnownAt = row.GetFieldValue<DateTimeOffset>(3),
        Deleted = row.GetBoolean(4),
        Record = row.GetString(5),
        File = row.IsDBNull(6) ? null : row.GetString(6),
        Line = row.GetInt64(7),
        ReceivedAt = row.GetFieldValue<DateTimeOffset?>(8),
        Opens = row.GetBoolean(9),
        Closes = row.GetBoolean(10),
    };
}
