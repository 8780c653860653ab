using Followthrough.Ingest.Loading;

namespace Followthrough.Dashboard.Commitments;

/// <summary>A record as its source wrote it.</summary>
/// <param name="Text">The record; null when this machine has no copy of the file.</param>
/// <param name="Header">The line that names a CSV file's columns; null for other files and when the record is that line itself.</param>
/// <param name="File">Name of the file as received.</param>
/// <param name="Line">Where it begins: a line, of a workbook the row, of a JSON document the number of the record.</param>
/// <param name="Sha256">Hash of the file, hexadecimal.</param>
public sealed record SourceRecordModel(string? Text, string? Header, string File, long Line, string Sha256)
{
    internal static async Task<SourceRecordModel> ReadAsync(KeptFiles files, BatchFile file, long position, CancellationToken cancellation) => new(
        await files.ReadRecordAsync(file, position, cancellation),
        position > 1 ? await files.ReadHeaderAsync(file, cancellation) : null,
        file.Name, position, file.Sha256);

    /// <summary>What a position in the file is called.</summary>
    internal string Unit => Path.GetExtension(File).ToLowerInvariant() switch
    {
        ".xlsx" => "row",
        ".json" => "record",
        ".events" => "fact",
        _ => "line",
    };
}
