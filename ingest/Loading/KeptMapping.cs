using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Loading;

/// <summary>The texts of mappings that something was loaded with, so that a rejected record can be read again when the file is gone or changed.</summary>
internal static class KeptMapping
{
    /// <summary>Keeps it; a mapping made by the product itself has no text and needs none.</summary>
    public static async Task KeepAsync(NpgsqlConnection connection, Mapping mapping, CancellationToken ct)
    {
        if (mapping.Text is null) return;
        await using var keep = new NpgsqlCommand("insert into mapping_text (mapping_hash, mapping, text) values ($1, $2, $3) on conflict do nothing", connection)
        {
            Parameters = { new() { Value = mapping.Hash }, new() { Value = mapping.Name }, new() { Value = mapping.Text } },
        };
        await keep.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The mapping of that hash; null when none was kept.</summary>
    public static async Task<Mapping?> FindAsync(NpgsqlDataSource db, string hash, CancellationToken ct)
    {
        await using var find = db.CreateCommand("select text, mapping from mapping_text where mapping_hash = $1");
        find.Parameters.AddWithValue(hash);
        await using var row = await find.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? MappingFile.Read(row.GetString(0), row.GetString(1)) : null;
    }
}
