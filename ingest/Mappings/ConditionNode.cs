using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Ingest.Mappings;

/// <summary>Reads a condition: fields and what they must hold, and the words below.</summary>
internal static class ConditionNode
{
    private static readonly string[] OfTheFile = ["first_of", "earliest_of"];

    /// <summary>The field a fact's condition names as the one whose first or earliest record counts; null when it names none.</summary>
    public static string? Word(MappingNode fact, string word) => fact["when"] is { } when ? new MappingNode(when, fact.File, "'when'").Text(word) : null;

    /// <summary>The condition at a name; one that always holds when the name is not there.</summary>
    public static Condition Read(MappingNode parent, string name) =>
        parent[name] is { } node ? Read(new MappingNode(node, parent.File, $"'{name}'")) : Condition.Always;

    private static Condition Read(MappingNode node) => new([.. node.Entries.Where(e => !OfTheFile.Contains(e.Key.ToString())).SelectMany(e => TestsOf(node, e.Key, e.Value))]);

    private static IEnumerable<FieldTest> TestsOf(MappingNode node, YamlNode key, YamlNode value) => key.ToString() switch
    {
        "present" => node.TextsOf(value).Select(FieldTest.Present),
        "absent" => node.TextsOf(value).Select(FieldTest.Absent),
        "above" => Pairs(node, value).Select(p => FieldTest.Above(p.Field, NumberOf(node, value, p.Text))),
        "before" => Pairs(node, value).Select(p => FieldTest.Before(p.Field, p.Text)),
        "any" => [Any(Read(new MappingNode(value, node.File, "'any'")))],
        "all" => node.Blocks("all").SelectMany(b => Read(b).Tests),
        "not" => [Not(Read(new MappingNode(value, node.File, "'not'")))],
        var field => [FieldTest.Matches(field, node.TextsOf(value))],
    };

    private static FieldTest Any(Condition condition) => new([.. condition.Fields], r => condition.Tests.Any(t => t.Holds(r)));

    private static FieldTest Not(Condition condition) => new([.. condition.Fields], r => !condition.Holds(r));

    private static IEnumerable<(string Field, string Text)> Pairs(MappingNode node, YamlNode value)
    {
        var block = new MappingNode(value, node.File, "this");
        return block.Entries.Select(e => (e.Key.ToString(), block.TextOf(e.Value)));
    }

    private static decimal NumberOf(MappingNode node, YamlNode at, string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number : throw node.Refuse(at, $"'{text}' is no number");
}
