namespace Followthrough.Ingest.Sources.Files;

/// <summary>What is in a file.</summary>
internal enum SourceFormat
{
    Csv,
    JsonLines,
    Json,
    Xlsx,

    /// <summary>A kept range of a stream; nobody sends one as a file.</summary>
    Events,
}

/// <summary>What a file's name says of its format.</summary>
internal static class SourceFormats
{
    /// <summary>What can be loaded, for messages.</summary>
    public const string Expected = ".csv, .tsv, .jsonl, .ndjson, .json or .xlsx file, also as .gz or .zip";

    /// <summary>The format of an unpacked file; null for one that can't be loaded.</summary>
    public static SourceFormat? Of(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" => SourceFormat.Csv,
        ".jsonl" or ".ndjson" => SourceFormat.JsonLines,
        ".json" => SourceFormat.Json,
        ".xlsx" => SourceFormat.Xlsx,
        ".events" => SourceFormat.Events,
        _ => null,
    };

    /// <summary>Whether a file of that name can be loaded; of a zip only its inside says.</summary>
    public static bool IsKnown(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".gz" => IsSent(Path.GetFileNameWithoutExtension(name)),
        ".zip" => true,
        _ => IsSent(name),
    };

    /// <summary>Whether what is inside a file is of that format.</summary>
    public static bool Is(SourceFormat format, string path, string name)
    {
        using var packed = PackedFile.Open(path, name);
        return Of(packed.Name) == format;
    }

    /// <summary>Whether it is a workbook, which has no encoding of its own.</summary>
    public static bool IsWorkbook(string path, string name) => Is(SourceFormat.Xlsx, path, name);

    private static bool IsSent(string name) => Of(name) is not (null or SourceFormat.Events);
}
