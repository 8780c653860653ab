namespace Followthrough.Ingest.Sources.Files;

/// <summary>What is in a file.</summary>
internal enum SourceFormat { Csv, JsonLines, Json, Xlsx }

/// <summary>What a file's name says of its format.</summary>
internal static class SourceFormats
{
    /// <summary>What can be loaded, for messages.</summary>
    public const string Expected = ".csv, .tsv, .txt, .jsonl, .ndjson, .json or .xlsx file, also as .gz or .zip";

    /// <summary>The format of an unpacked file; null for one that can't be loaded.</summary>
    public static SourceFormat? Of(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".txt" => SourceFormat.Csv,
        ".jsonl" or ".ndjson" => SourceFormat.JsonLines,
        ".json" => SourceFormat.Json,
        ".xlsx" => SourceFormat.Xlsx,
        _ => null,
    };

    /// <summary>Whether a file of that name can be loaded; of a zip only its inside says.</summary>
    public static bool IsKnown(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".gz" => Of(Path.GetFileNameWithoutExtension(name)) is not null,
        ".zip" => true,
        _ => Of(name) is not null,
    };
}
