using Followthrough.Analytics.Facts;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Ingest.Mappings;

/// <summary>A block of a mapping file. What it does not know, or misses, is refused with the line.</summary>
internal sealed class MappingNode
{
    private readonly YamlMappingNode _node;

    public MappingNode(YamlNode node, string file, string what)
    {
        File = file;
        _node = node as YamlMappingNode ?? throw Refuse(node, $"{what} is a block of names and values");
    }

    /// <summary>What messages call the file.</summary>
    public string File { get; }

    /// <summary>Names and what stands behind them, in the order written.</summary>
    public IEnumerable<(YamlNode Key, YamlNode Value)> Entries => _node.Children.Select(c => (c.Key, c.Value));

    /// <summary>What stands behind a name; null when the name is not there.</summary>
    public YamlNode? this[string name] => _node.Children.TryGetValue(name, out var value) ? value : null;

    /// <summary>The same, which can't be left out.</summary>
    public YamlNode Required(string name) => this[name] ?? throw Refuse(_node, $"'{name}' is missing");

    /// <summary>Refuses every name but these.</summary>
    public MappingNode Only(params string[] names)
    {
        foreach (var (key, _) in Entries)
            if (!names.Contains(key.ToString()))
                throw Refuse(key, $"'{key}' is not known here{Nearest.Hint(key.ToString(), names)}; expected some of {string.Join(", ", names)}");
        return this;
    }

    public string? Text(string name) => this[name] is { } node ? TextOf(node) : null;

    public string RequiredText(string name) => TextOf(Required(name));

    /// <summary>One text or a list of them; none when the name is not there.</summary>
    public IReadOnlyList<string> Texts(string name) => this[name] is { } node ? TextsOf(node) : [];

    /// <summary>The blocks of a list; none when the name is not there.</summary>
    public IEnumerable<MappingNode> Blocks(string name) => this[name] switch
    {
        null => [],
        YamlSequenceNode list => list.Children.Select(n => new MappingNode(n, File, $"each of '{name}'")),
        var other => throw Refuse(other, $"'{name}' is a list"),
    };

    public string TextOf(YamlNode node) => (node as YamlScalarNode)?.Value ?? throw Refuse(node, "expected one text");

    public IReadOnlyList<string> TextsOf(YamlNode node) => node is YamlSequenceNode list ? [.. list.Children.Select(TextOf)] : [TextOf(node)];

    public MappingException Refuse(string why) => Refuse(_node, why);

    public MappingException Refuse(YamlNode node, string why) => new($"{File} line {node.Start.Line}: {why}.");
}
