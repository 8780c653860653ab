using System.Text;
using System.Text.Json;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Goes through a JSON document piece by piece and picks the objects at given paths. Arrays do not count in a path.</summary>
internal sealed class JsonWalk(IReadOnlyList<string> paths)
{
    private readonly HashSet<string> _paths = [.. paths.Count == 0 ? [""] : paths];
    private readonly HashSet<string> _roots = [.. paths.Select(p => p.Split('.')[0])];

    // Path of every open object or array.
    private readonly Stack<string> _open = new();
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 64, AllowMultipleValues = true });
    private string? _name;
    private bool _rootSeen;

    /// <summary>Whether anything of the document has been read.</summary>
    public bool Begun { get; private set; }

    /// <summary>The path of which not even the beginning was there; null when one was, or when none is asked for.</summary>
    public string? Missing => _paths.Contains("") || _rootSeen || !Begun ? null : string.Join("' or '", paths);

    /// <summary>Takes the next piece and adds the objects found, as they are written.</summary>
    /// <returns>How many bytes are done with; the rest comes again with more behind it.</returns>
    public int Step(ReadOnlySpan<byte> bytes, bool final, List<string> found)
    {
        var reader = new Utf8JsonReader(bytes, final, _state);
        while (true)
        {
            var before = reader;
            if (!reader.Read()) break;
            Begun = true;
            var path = PathOf(reader.TokenType);
            if (reader.TokenType == JsonTokenType.StartObject && _paths.Contains(path))
            {
                var start = (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    reader = before;
                    break;
                }
                found.Add(Encoding.UTF8.GetString(bytes[start..(int)reader.BytesConsumed]));
                _name = null;
                continue;
            }
            Follow(ref reader, path);
        }
        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private string PathOf(JsonTokenType token)
    {
        if (token is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return "";
        var outer = _open.Count == 0 ? "" : _open.Peek();
        return _name is null ? outer : outer.Length == 0 ? _name : $"{outer}.{_name}";
    }

    private void Follow(ref Utf8JsonReader reader, string path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                _name = reader.GetString();
                _rootSeen |= _open.Peek().Length == 0 && _roots.Contains(_name!);
                return;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _open.Push(path);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _open.Pop();
                break;
        }
        _name = null;
    }
}
