using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Analytics.Compensation;

/// <summary>A component, gate or modifier where it stands in a plan's text.</summary>
/// <param name="List">components, gates or modifiers.</param>
/// <param name="At">Its place in the list, from 0.</param>
/// <param name="Id">As written; null where it has none.</param>
/// <param name="Metric">As written; null where it has none.</param>
/// <param name="For">person, team or company, as written; null where it has none.</param>
/// <param name="IsLast">Whether none follows.</param>
/// <param name="First">Its first line, from 0: that of the comment above it where there is one.</param>
/// <param name="End">The line after its last.</param>
/// <param name="Indent">What its first line begins with.</param>
public sealed record PlanBlock(string List, int At, string? Id, string? Metric, string? For, bool IsLast, int First, int End, string Indent)
{
    /// <summary>As fields have it, for example <c>components.0</c>.</summary>
    public string Path => FormattableString.Invariant($"{List}.{At}");

    /// <summary>Whether a plan can do without it: it pays for something.</summary>
    public bool MayGo => List != PlanBlocks.Components || At > 0 || !IsLast;
}

/// <summary>The blocks of a plan's text as a form adds, takes out and orders them: whole lines move, each block with the comment above it.</summary>
internal static class PlanBlocks
{
    internal const string Components = "components";

    private static readonly string[] Lists = [Components, "gates", "modifiers"];

    /// <summary>In the order of the text; none of a list that is not written line by line, and none when the text is no YAML.</summary>
    public static IReadOnlyList<PlanBlock> Of(string yaml)
    {
        try
        {
            return PlanText.Parse(yaml) is YamlMappingNode root ? Find(root, yaml.Split('\n')) : [];
        }
        catch (Exception unreadable) when (unreadable is YamlException or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>The text without a block; as it was where there is none, or the plan needs it.</summary>
    public static string Without(string yaml, string path)
    {
        if (Of(yaml).FirstOrDefault(b => b.Path == path) is not { MayGo: true } block) return yaml;
        var lines = yaml.Split('\n').ToList();
        // With its last block a list goes, too.
        var (first, end) = (block is { At: 0, IsLast: true } ? lines.FindLastIndex(block.First, line => line.StartsWith($"{block.List}:", StringComparison.Ordinal)) : block.First, block.End);
        if (first > 0 && lines[first - 1].Trim().Length == 0) first--;
        lines.RemoveRange(first, end - first);
        return string.Join('\n', lines);
    }

    /// <summary>The text with a block and the one after it in each other's place; as it was where none follows.</summary>
    public static string Later(string yaml, string path)
    {
        var blocks = Of(yaml);
        if (blocks.FirstOrDefault(b => b.Path == path) is not { IsLast: false } block || blocks.FirstOrDefault(b => b.List == block.List && b.At == block.At + 1) is not { } next) return yaml;
        var lines = yaml.Split('\n');
        return string.Join('\n', [.. lines[..block.First], .. lines[next.First..next.End], .. lines[block.End..next.First], .. lines[block.First..block.End], .. lines[next.End..]]);
    }

    /// <summary>The text with a block and the one before it in each other's place; as it was where none is before.</summary>
    public static string Earlier(string yaml, string path) =>
        Of(yaml).FirstOrDefault(b => b.Path == path) is { At: > 0 } block ? Later(yaml, FormattableString.Invariant($"{block.List}.{block.At - 1}")) : yaml;

    /// <summary>The text with a block at the end of its list, which begins with it where there is none; null when the list is not written line by line.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="list">components, gates or modifiers.</param>
    /// <param name="block">Lines without indentation; the first begins with a hyphen.</param>
    public static string? With(string yaml, string list, IReadOnlyList<string> block)
    {
        var lines = yaml.Split('\n').ToList();
        if (Of(yaml).LastOrDefault(b => b.List == list) is { } last)
        {
            lines.InsertRange(last.End, ["", .. block.Select(line => last.Indent + line)]);
            return string.Join('\n', lines);
        }
        return lines.Exists(line => line.StartsWith($"{list}:", StringComparison.Ordinal)) ? null
            : $"{yaml.TrimEnd()}\n\n{list}:\n{string.Join('\n', block.Select(line => "  " + line))}\n";
    }

    private static List<PlanBlock> Find(YamlMappingNode root, string[] lines)
    {
        var (blocks, keys) = (new List<PlanBlock>(), root.Children.Keys.Select(Line).ToList());
        foreach (var (key, value) in root.Children)
        {
            if (!Lists.Contains(key.ToString()) || value is not YamlSequenceNode { Style: SequenceStyle.Block } list) continue;
            var starts = list.Children.Select(Line).ToList();
            if (starts.Exists(start => !lines[start].TrimStart().StartsWith('-'))) continue;
            var (begin, end) = (Line(key) + 1, keys.Where(k => k > Line(key)).DefaultIfEmpty(lines.Length).Min());
            foreach (var (at, start) in starts.Index())
            {
                var after = Content(lines, start, at + 1 < starts.Count ? starts[at + 1] : end);
                while (lines[begin].Trim().Length == 0) begin++;
                var block = list.Children[at] as YamlMappingNode;
                blocks.Add(new PlanBlock(key.ToString(), at, Text(block, "id"), Text(block, "metric"), Text(block, "for"), at == starts.Count - 1, begin, after, lines[start][..lines[start].IndexOf('-', StringComparison.Ordinal)]));
                begin = after;
            }
        }
        return blocks;
    }

    // A comment above something belongs to it, so a block ends with its last line that says something.
    private static int Content(string[] lines, int start, int next)
    {
        while (next - 1 > start && (lines[next - 1].Trim() is "" || lines[next - 1].TrimStart().StartsWith('#'))) next--;
        return next;
    }

    private static string? Text(YamlMappingNode? block, string key) => block is not null && block.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;

    private static int Line(YamlNode node) => (int)node.Start.Line - 1;
}
