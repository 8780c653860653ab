using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Sources.Files;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Ingest.Mappings;

/// <summary>Reads a mapping from YAML and refuses, with line and reason, what does not fit the facts.</summary>
internal static class MappingFile
{
    /// <summary>Names a mapping may have.</summary>
    public static readonly string[] Names =
        ["name", "files", "records", "encoding", "header_lines", "sheet", "zone", "empty", "optional", "numbered_by", "hook", "reject", "facts"];

    /// <summary>Names a fact of it may have.</summary>
    public static readonly string[] FactNames = ["fact", "each", "when", "columns"];

    /// <summary>Reads a mapping.</summary>
    /// <exception cref="MappingException">It names a fact, column or word that is not there, or is no mapping at all.</exception>
    public static Mapping Read(string yaml, string shownName)
    {
        try
        {
            var root = new MappingNode(YamlText.Parse(yaml), shownName, "a mapping");
            foreach (var name in new[] { "name", "files", "facts" }) root.Required(name);
            return MappingOf(root.Only(Names), yaml, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml))));
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException)
        {
            throw new MappingException($"{shownName}: not a mapping; expected name, files and a list of facts. {e.Message}", e);
        }
    }

    private static Mapping MappingOf(MappingNode root, string yaml, string hash)
    {
        var zone = ColumnNode.ZoneOf(root, "zone");
        var rules = RulesOf(root, zone);
        if (rules.Count == 0) throw root.Refuse(root.Required("facts"), "'facts' is empty");
        var numberedBy = root.Texts("numbered_by");
        if (numberedBy.Count == 0 && rules.Any(r => r.Values.Any(v => v?.From.Any(t => t.Numbers) == true)))
            throw root.Refuse("{#} is the number of a record among its like; expected 'numbered_by' with the fields in which they are alike");
        return new Mapping
        {
            Name = root.RequiredText("name"),
            Hash = hash,
            Text = yaml,
            Rules = rules,
            Files = root.RequiredText("files"),
            Reading = ReadingOf(root),
            Hook = root["hook"] is { } hook ? HookOf(new MappingNode(hook, root.File, "'hook'")) : null,
            Empty = root.Texts("empty").ToHashSet(),
            Optional = root.Texts("optional"),
            NumberedBy = numberedBy,
            Rejects = [.. root.Blocks("reject").Select(RejectOf)],
        };
    }

    private static SourceReading ReadingOf(MappingNode root)
    {
        var lines = root.Text("header_lines") ?? "1";
        if (!int.TryParse(lines, NumberStyles.None, CultureInfo.InvariantCulture, out var headerLines) || headerLines is < 1 or > 100)
            throw root.Refuse(root.Required("header_lines"), $"'{lines}' is no number of header lines; expected 1 to 100");
        if (root.Text("encoding") is { } encoding && !SourceText.IsKnown(encoding))
            throw root.Refuse(root.Required("encoding"), $"there is no encoding '{encoding}'; expected one of {string.Join(", ", SourceText.Encodings)}");
        return new SourceReading { Records = root.Texts("records"), Encoding = root.Text("encoding"), HeaderLines = headerLines, Sheet = root.Text("sheet") };
    }

    private static HookRule HookOf(MappingNode node)
    {
        node.Only("when", "records");
        node.Required("when");
        return new HookRule(ConditionNode.Read(node, "when"), node.Texts("records"));
    }

    private static RejectRule RejectOf(MappingNode node)
    {
        node.Only("reason", "message", "when");
        node.Required("when");
        return new RejectRule(ConditionNode.Read(node, "when"), node.RequiredText("reason"), node.RequiredText("message"));
    }

    // All that is wrong is told at once: whoever mends a mapping has not to try again and again.
    private static List<FactRule> RulesOf(MappingNode root, TimeZoneInfo? zone)
    {
        var rules = new List<FactRule>();
        var problems = new List<string>();
        foreach (var (number, node) in root.Blocks("facts").Index())
        {
            try
            {
                rules.Add(RuleOf(number, node.Only(FactNames), zone));
            }
            catch (MappingException refused)
            {
                problems.Add(refused.Message);
            }
        }
        return problems.Count == 0 ? rules : throw new MappingException(string.Join('\n', problems));
    }

    private static FactRule RuleOf(int number, MappingNode node, TimeZoneInfo? zone)
    {
        var name = node.RequiredText("fact");
        var table = FactTable.Find(name)
            ?? throw node.Refuse(node.Required("fact"), $"there is no fact '{name}'{Nearest.Hint(name, FactTable.All.Select(t => t.Name))}");
        var values = new ColumnSource?[table.Columns.Count];
        var columns = new MappingNode(node.Required("columns"), node.File, "'columns'");
        var problems = new List<string>();
        foreach (var (key, value) in columns.Entries)
        {
            try
            {
                values[IndexOf(table, key, columns)] = ColumnNode.Read(columns, table, table.Columns[IndexOf(table, key, columns)], value, zone);
            }
            catch (MappingException refused)
            {
                problems.Add(refused.Message);
            }
        }
        var named = columns.Entries.Select(e => e.Key.ToString()).ToHashSet();
        var missing = table.Columns.Where((c, i) => c.Required && values[i] is null && !named.Contains(c.Name)).Select(c => c.Name).ToList();
        if (missing.Count > 0) problems.Add(node.Refuse($"nothing feeds {table}.{string.Join(", .", missing)}, which {(missing.Count == 1 ? "is" : "are")} required").Message);
        if (problems.Count > 0) throw new MappingException(string.Join('\n', problems));
        return new FactRule(number, table, values)
        {
            Each = node.Text("each"),
            When = ConditionNode.Read(node, "when"),
            FirstOf = ConditionNode.Word(node, "first_of"),
            EarliestOf = ConditionNode.Word(node, "earliest_of"),
        };
    }

    private static int IndexOf(FactTable table, YamlNode key, MappingNode node)
    {
        var index = table.IndexOf(key.ToString());
        return index >= 0 ? index
            : throw node.Refuse(key, $"{table} has no column '{key}'{Nearest.Hint(key.ToString(), table.Columns.Select(c => c.Name))}");
    }
}
