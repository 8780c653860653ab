using System.Text.Json;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>What a file does not say of itself: where its records are and how its text is written.</summary>
public sealed record SourceReading
{
    /// <summary>JSON: dotted paths of the objects that are records; arrays on the way are gone through. Empty: the outermost ones.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];

    /// <summary>Encoding of a text without a byte-order mark; null for UTF-8.</summary>
    public string? Encoding { get; init; }

    /// <summary>CSV and XLSX: lines before the data; the first of them has the names.</summary>
    public int HeaderLines { get; init; } = 1;

    /// <summary>XLSX: name of the sheet; null for the first.</summary>
    public string? Sheet { get; init; }

    /// <summary>As a batch keeps it, so that its records can be found again without the mapping.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>What a batch kept.</summary>
    public static SourceReading FromJson(string json) => json.Length == 0 ? new() : JsonSerializer.Deserialize<SourceReading>(json)!;
}
