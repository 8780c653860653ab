namespace Followthrough.Ingest.Mappings;

/// <summary>What a rule remembers of a file for "the first of" and "the earliest of".</summary>
internal sealed class RuleMemory
{
    private readonly HashSet<string> _first = [];
    private readonly Dictionary<string, DateTimeOffset> _earliest = [];

    /// <summary>Whether the value has not been there yet.</summary>
    public bool IsFirst(string value) => _first.Add(value);

    /// <summary>Whether nothing of that value happened as early. A later row of the file counts more, so the earliest is the last of these.</summary>
    public bool IsEarliest(string value, DateTimeOffset at)
    {
        if (_earliest.TryGetValue(value, out var before) && before <= at) return false;
        _earliest[value] = at;
        return true;
    }
}
