using Followthrough.Dashboard.Access;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Dashboard.Commitments;

/// <summary>A record as its source wrote it.</summary>
/// <param name="Text">The record; null when this machine has no copy of the file.</param>
/// <param name="Header">The line that names a CSV file's columns; null for other files and when the record is that line itself.</param>
/// <param name="File">Name of the file as received.</param>
/// <param name="Line">Where it begins: a line, of a workbook the row, of a JSON document the number of the record.</param>
/// <param name="Sha256">Hash of the file, hexadecimal.</param>
/// <param name="Batch">Number of the batch it came in; null for who does not see batches.</param>
public sealed record SourceRecordModel(string? Text, string? Header, string File, long Line, string Sha256, long? Batch)
{
    /// <summary>Of a row of the file's hash, the position in it, its name, how it was read and the batch.</summary>
    internal static async Task<SourceRecordModel> ReadAsync(KeptFiles files, NpgsqlDataReader found, SignedIn who, CancellationToken cancellation)
    {
        var (file, position) = (new BatchFile(found.GetString(2), found.GetString(0), found.GetString(3)), found.GetInt64(1));
        return new SourceRecordModel(
            await files.ReadRecordAsync(file, position, cancellation),
            position > 1 ? await files.ReadHeaderAsync(file, cancellation) : null,
            file.Name, position, file.Sha256, who.May(Right.Data) ? found.GetInt64(4) : null);
    }

    /// <summary>What a position in the file is called.</summary>
    internal string Unit => Path.GetExtension(File).ToLowerInvariant() switch
    {
        ".xlsx" => "row",
        ".json" => "record",
        ".events" => "fact",
        _ => "line",
    };
}
