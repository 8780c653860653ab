namespace Followthrough.Ingest.Sources.Files;

/// <summary>
/// The shapes that records of JSON have had. They leave out what they have no value for, so a source has a few shapes and changes between
/// them all the time, and what is known of a shape is kept with it.
/// </summary>
internal sealed class RecordShapes
{
    private const int Most = 64;

    private readonly List<RecordShape> _known = [];

    /// <summary>The shape of a record with these fields.</summary>
    /// <exception cref="ArgumentException">A name stands twice.</exception>
    public RecordShape Of(List<(string Name, string? Value)> fields)
    {
        var at = _known.FindIndex(s => Fits(s.Names, fields));
        var shape = at < 0 ? new RecordShape([.. fields.Select(f => f.Name)]) : _known[at];
        if (at == 0) return shape;
        // The one just seen comes first, the one longest unseen is forgotten.
        if (at > 0) _known.RemoveAt(at);
        else if (_known.Count == Most) _known.RemoveAt(Most - 1);
        _known.Insert(0, shape);
        return shape;
    }

    private static bool Fits(IReadOnlyList<string> names, List<(string Name, string? Value)> fields)
    {
        if (names.Count != fields.Count) return false;
        for (var i = 0; i < fields.Count; i++)
            if (names[i] != fields[i].Name) return false;
        return true;
    }
}
