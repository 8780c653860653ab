namespace Followthrough.Ingest.Sources.Files;

/// <summary>What a file's name says of its format.</summary>
internal static class SourceFormat
{
    /// <summary>One JSON object a line.</summary>
    public static bool IsJsonLines(string name) => Path.GetExtension(name).ToLowerInvariant() is ".jsonl" or ".ndjson";

    /// <summary>A format that can be loaded.</summary>
    public static bool IsKnown(string name) => IsJsonLines(name) || Path.GetExtension(name).Equals(".csv", StringComparison.OrdinalIgnoreCase);
}
