using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>Keeps the older versions that a back-fill brings along with the newest, each with the time it was believed.</summary>
internal static class OlderVersions
{
    private static readonly string Text = SqlText.Read(typeof(OlderVersions), "Loading/OlderVersions.sql");

    /// <summary>Writes them to the history of the fact in the stage; the merge then deals with the newest.</summary>
    /// <param name="connection">In the batch's transaction.</param>
    /// <param name="table">The fact.</param>
    /// <param name="fresh">Whether the batch is merged already, and nothing was stored under its keys before.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task KeepAsync(NpgsqlConnection connection, FactTable table, bool fresh, CancellationToken ct)
    {
        var key = Stored.KeyOf(table);
        var values = Stored.ValuesOf(table);
        string[] columns = [.. key, .. values, "known_at", "batch_id", "position"];
        var sql = Text
            .Replace("{and_not_stored}", fresh ? "" : "and not exists (select from {fact} f where {same_fact} and f.known_at < v.known_to)", StringComparison.Ordinal)
            .Replace("{fact}", table.Name, StringComparison.Ordinal)
            .Replace("{stage}", Stage.NameOf(table), StringComparison.Ordinal)
            .Replace("{key}", string.Join(", ", key), StringComparison.Ordinal)
            .Replace("{same_fact}", string.Join(" and ", key.Select(k => $"f.{k} = v.{k}")), StringComparison.Ordinal)
            .Replace("{same_history}", string.Join(" and ", key.Select(k => $"h.{k} = v.{k}")), StringComparison.Ordinal)
            .Replace("{columns}", string.Join(", ", columns), StringComparison.Ordinal);
        await using var keep = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await keep.ExecuteNonQueryAsync(ct);
    }
}
