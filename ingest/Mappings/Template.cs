using System.Text.RegularExpressions;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>A text with {fields} in it: <c>helpdesk:{case}/contact</c>. Without braces it is a constant.</summary>
internal sealed partial class Template
{
    private readonly string[] _texts;
    private readonly string[] _fields;

    public Template(string text)
    {
        _fields = [.. Field().Matches(text).Select(m => m.Groups[1].Value)];
        _texts = Field().Replace(text, "\0").Split('\0');
        Fields = [.. _fields.Where(f => f != SourceRecord.Number)];
    }

    /// <summary>A template that is one field and nothing else.</summary>
    public static Template ForField(string name) => new($"{{{name}}}");

    /// <summary>The source's fields it reads.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>Whether it is the same for every record.</summary>
    public bool IsConstant => _fields.Length == 0;

    /// <summary>Whether it holds the record's number among its like.</summary>
    public bool Numbers => _fields.Length > Fields.Count;

    /// <summary>What it is apart from its fields.</summary>
    public string Text => string.Concat(_texts);

    /// <summary>The text for a record; null when a field it needs is empty.</summary>
    public string? Fill(SourceRecord record)
    {
        if (_fields.Length == 0) return _texts[0];
        if (_fields.Length == 1 && _texts[0].Length == 0 && _texts[1].Length == 0) return record[_fields[0]];
        var parts = new string[_fields.Length * 2 + 1];
        for (var i = 0; i < _fields.Length; i++)
        {
            if (record[_fields[i]] is not { Length: > 0 } value) return null;
            parts[2 * i] = _texts[i];
            parts[2 * i + 1] = value;
        }
        parts[^1] = _texts[^1];
        return string.Concat(parts);
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Field();
}
