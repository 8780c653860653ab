namespace Followthrough.Ingest.Mappings;

/// <summary>Which records a file names, and which of them it brings itself.</summary>
/// <param name="most">Keys that are remembered; what is named after that many is forgotten.</param>
internal sealed class NamedKeys(int most)
{
    private readonly Dictionary<string, long> _named = [];
    private readonly HashSet<string> _brought = [];

    /// <summary>How many rows name which record that the file does not bring.</summary>
    public IReadOnlyDictionary<string, long> Missing => _named.Where(n => !_brought.Contains(n.Key)).ToDictionary();

    public void Name(string key)
    {
        if (_named.Count < most || _named.ContainsKey(key)) _named[key] = _named.GetValueOrDefault(key) + 1;
    }

    public void Bring(string key) => _brought.Add(key);
}
