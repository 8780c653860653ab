using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>How one batch was read, so that anybody can read its file again and come to the same facts.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="MappingHash">Hash of the mapping's text, by which versions are told apart.</param>
/// <param name="Text">The mapping's text as it was then; null for the product's own formats, which have none.</param>
/// <param name="Reading">What the file did not say of itself.</param>
/// <param name="Records">Records of the source; one can become several facts, or none.</param>
/// <param name="KnownAt">Since when its facts are known; of history each has its own moment.</param>
public sealed record BatchReading(Batch Batch, string MappingHash, string? Text, SourceReading Reading, long Records, DateTimeOffset KnownAt)
{
    private const int First = 14;

    private static readonly string Sql = SqlText.Read(typeof(BatchReading), "Data/BatchReading.sql");

    /// <summary>The settings in words, each with its value.</summary>
    internal IEnumerable<(string Name, string Value)> Settings =>
    [
        ("records", Reading.Records.Count == 0 ? "one after the other" : $"in {string.Join(", ", Reading.Records)}"),
        ("encoding", Reading.Encoding ?? "UTF-8, or by its mark"),
        ("header lines", Wording.Figures.Count(Reading.HeaderLines)),
        ("sheet", Reading.Sheet ?? "the first"),
    ];

    /// <summary>Null when there is no such batch.</summary>
    internal static async Task<BatchReading?> FindAsync(NpgsqlDataSource db, long id, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation)) return null;
        return new BatchReading(
            Batch.Row(row), row.GetString(First), await row.IsDBNullAsync(First + 1, cancellation) ? null : row.GetString(First + 1),
            SourceReading.FromJson(row.GetString(First + 2)), row.GetInt64(First + 3), row.GetFieldValue<DateTimeOffset>(First + 4));
    }
}

/// <summary>What the page of one batch draws.</summary>
public sealed record BatchModel(PageFrame Frame, BatchReading Reading);
