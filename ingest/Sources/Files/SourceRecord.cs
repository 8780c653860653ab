using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>The field names of a file, shared by its records.</summary>
internal sealed class RecordShape(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, int> _index = names.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i);

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>Where the field is, or -1.</summary>
    public int IndexOf(string name) => _index.GetValueOrDefault(name, -1);
}

/// <summary>One record as the source wrote it: named texts at a line.</summary>
/// <param name="Line">Line at which it begins, 1 for the first of the file.</param>
/// <param name="Shape">Its field names.</param>
/// <param name="Values">Its fields; null where the source had none.</param>
/// <param name="Problem">Why it can't be read at all; null for a sound record.</param>
internal sealed record SourceRecord(long Line, RecordShape Shape, IReadOnlyList<string?> Values, RecordProblem? Problem = null)
{
    /// <summary>The name under which <see cref="Ordinal"/> is read.</summary>
    public const string Number = "#";

    // What quarantine keeps of one field; the whole is in the kept file.
    private const int LongestKept = 64 * 1024;

    /// <summary>Ends every field that quarantine shortens.</summary>
    public const string ShortenedMark = "characters, whole in the kept file)";

    /// <summary>The whole record as the source wrote it, where this one is a part of it or was prepared for its mapping.</summary>
    public SourceRecord? ReadFrom { get; init; }

    /// <summary>Offset of the message that held it; null for a file's.</summary>
    public long? Offset { get; init; }

    /// <summary>How many records like this one the file has had, itself included; 0 where the mapping does not count them.</summary>
    public int Ordinal { get; init; }

    /// <summary>A field in its one spelling; empty when the source had nothing there or has no such field.</summary>
    public string this[string name] => name == Number ? Ordinal.ToString(CultureInfo.InvariantCulture)
        : Shape.IndexOf(name) is >= 0 and var i && i < Values.Count ? Clean(Values[i]) : "";

    /// <summary>One spelling of a value, however it was typed: trimmed and in composed form.</summary>
    public static string Clean(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        return Ascii.IsValid(trimmed) || HasLoneSurrogate(trimmed) || trimmed.IsNormalized() ? trimmed : trimmed.Normalize();
    }

    /// <summary>Whether half of a character stands alone, which no encoding can hold.</summary>
    public static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return true;
            i++;
        }
        return false;
    }

    /// <summary>A JSON object of its fields as written, long ones shortened.</summary>
    public string ToJson()
    {
        if (ReadFrom is not null) return ReadFrom.ToJson();
        var fields = new Dictionary<string, string?>();
        for (var i = 0; i < Values.Count; i++)
            fields[i < Shape.Names.Count ? Shape.Names[i] : $"(field {i + 1})"] = Shorten(Values[i]);
        return JsonSerializer.Serialize(fields);
    }

    private static string? Shorten(string? value) => value is { Length: > LongestKept }
        ? $"{value[..200]}… ({value.Length} {ShortenedMark}"
        : value;
}

/// <summary>What is wrong with a record before any field is looked at.</summary>
internal sealed record RecordProblem(string Reason, string Message);
