using System.Security.Cryptography;
using System.Text;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Ingest.Mappings;

/// <summary>Reads a mapping from YAML and refuses, with line and reason, what does not fit the facts.</summary>
internal static class MappingFile
{
    /// <summary>Reads a mapping.</summary>
    /// <exception cref="MappingException">It names a fact or column that is not there, or is no mapping at all.</exception>
    public static (Mapping Mapping, string FilePattern) Read(string yaml, string shownName)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            var root = (YamlMappingNode)stream.Documents.Single().RootNode;
            var name = Text(root, "name");
            var rules = ((YamlSequenceNode)root["facts"]).Children.Select((node, i) => RuleOf(i, (YamlMappingNode)node, shownName)).ToList();
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)));
            return (new Mapping(name, hash, rules, everyFieldMustBeKnown: false), Text(root, "files"));
        }
        catch (Exception e) when (e is YamlException or InvalidCastException or KeyNotFoundException or InvalidOperationException)
        {
            throw new MappingException($"{shownName}: not a mapping; expected name, files and a list of facts. {e.Message}", e);
        }
    }

    private static FactRule RuleOf(int number, YamlMappingNode node, string shownName)
    {
        var table = FactTable.Find(Text(node, "fact"))
            ?? throw Refuse(shownName, node["fact"], $"there is no fact '{Text(node, "fact")}'{Nearest.Hint(Text(node, "fact"), FactTable.All.Select(t => t.Name))}");
        var values = new Template?[table.Columns.Count];
        foreach (var (key, value) in (YamlMappingNode)node["columns"])
            values[IndexOf(table, key, shownName)] = TemplateOf(table, key, (YamlScalarNode)value, shownName);
        var missing = table.Columns.Where((c, i) => c.Required && values[i] is null).Select(c => c.Name).FirstOrDefault();
        if (missing is not null) throw Refuse(shownName, node, $"nothing feeds {table}.{missing}, which is required");
        var (equal, firstOf) = ConditionsOf(node);
        return new FactRule(number, table, values, equal, firstOf);
    }

    private static Template TemplateOf(FactTable table, YamlNode key, YamlScalarNode value, string shownName)
    {
        var template = new Template(value.Value ?? "");
        // What stands in the mapping itself can be checked before any file is read.
        var problem = template.Fields.Count > 0 ? null : CellReader.Read(table.Columns[IndexOf(table, key, shownName)], template.Text, out _);
        return problem is null ? template : throw Refuse(shownName, value, $"{table}.{key} {problem.Message}");
    }

    private static (List<(string, string)> Equal, string? FirstOf) ConditionsOf(YamlMappingNode node)
    {
        if (!node.Children.TryGetValue("when", out var when)) return ([], null);
        var conditions = ((YamlMappingNode)when).Select(c => (Key: ((YamlScalarNode)c.Key).Value!, Text: ((YamlScalarNode)c.Value).Value ?? "")).ToList();
        return ([.. conditions.Where(c => c.Key != "first_of")], conditions.Find(c => c.Key == "first_of").Text);
    }

    private static int IndexOf(FactTable table, YamlNode key, string shownName)
    {
        var name = ((YamlScalarNode)key).Value!;
        var index = table.IndexOf(name);
        return index >= 0 ? index
            : throw Refuse(shownName, key, $"{table} has no column '{name}'{Nearest.Hint(name, table.Columns.Select(c => c.Name))}");
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value ?? "";

    private static MappingException Refuse(string shownName, YamlNode node, string why) => new($"{shownName} line {node.Start.Line}: {why}.");
}

/// <summary>A mapping that can't be used; the message names file and line.</summary>
public sealed class MappingException : Exception
{
    /// <summary>Creates it with a message for the mapping's author.</summary>
    public MappingException(string message) : base(message) { }

    /// <summary>Creates it with the cause.</summary>
    public MappingException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Creates it without words; only for the framework.</summary>
    public MappingException() { }
}
