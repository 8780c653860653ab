using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Analytics.Compensation;

/// <summary>A value of a plan's text that a form can change where it stands: comments and order stay as they were written.</summary>
/// <param name="Path">Where in the plan, for example <c>components.0.points.1.at</c>.</param>
/// <param name="Group">Id of the component, gate or modifier; null for what holds for all of the plan.</param>
/// <param name="Label">What it is, in words.</param>
/// <param name="Value">As written.</param>
/// <param name="IsText">False for a number.</param>
/// <param name="Start">Its first character in the text.</param>
/// <param name="End">The character after its last.</param>
public sealed record PlanField(string Path, string? Group, string Label, string Value, bool IsText, int Start, int End);

/// <summary>The usual things of a plan as a form has them, in the order of the text.</summary>
internal static class PlanFields
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["name"] = "Name",
        ["incentive"] = "Target incentive",
        ["percent"] = "percent",
        ["amount"] = "amount",
        ["pool"] = "Pool",
        ["dispute_days"] = "Days to dispute",
        ["weight"] = "Weight, %",
        ["minimum_n"] = "Smallest n",
        ["target"] = "Target",
        ["limit"] = "Limit",
        ["at"] = "at",
        ["pays"] = "pays, %",
        ["from"] = "from",
        ["rate"] = "rate, %",
    };

    /// <summary>None when the text is no YAML.</summary>
    public static IReadOnlyList<PlanField> Of(string yaml)
    {
        var fields = new List<PlanField>();
        try
        {
            Walk(PlanText.Parse(yaml), "", null, "", fields);
        }
        catch (Exception unreadable) when (unreadable is YamlException or InvalidOperationException)
        {
            return [];
        }
        return [.. fields.OrderBy(f => f.Start)];
    }

    /// <summary>The text with other values at some places; those that are not in it are left out.</summary>
    public static string Apply(string yaml, IReadOnlyDictionary<string, string> values)
    {
        foreach (var field in Of(yaml).OrderByDescending(f => f.Start))
            if (values.TryGetValue(field.Path, out var value) && value.Trim() != field.Value)
                yaml = yaml[..field.Start] + Written(value.Trim(), field) + yaml[field.End..];
        return yaml;
    }

    private static void Walk(YamlNode node, string path, string? group, string prefix, List<PlanField> fields)
    {
        if (node is YamlSequenceNode list)
        {
            foreach (var (at, item) in list.Children.Index()) Walk(item, Joined(path, at.ToString(CultureInfo.InvariantCulture)), GroupOf(item) ?? group, Numbered(path, at, prefix), fields);
        }
        else if (node is YamlMappingNode block)
        {
            foreach (var (key, value) in block.Children) Walk(value, Joined(path, key.ToString()), group, Labels.ContainsKey(key.ToString()) ? prefix : Prefix(key.ToString(), prefix), fields);
        }
        else if (node is YamlScalarNode { Value: { } text } && Labels.TryGetValue(path[(path.LastIndexOf('.') + 1)..], out var label))
        {
            fields.Add(new PlanField(path, group, $"{prefix}{label}", text, path == "name", (int)node.Start.Index, (int)node.End.Index));
        }
    }

    private static string? GroupOf(YamlNode item) => item is YamlMappingNode block && block.Children.TryGetValue("id", out var id) ? id.ToString() : null;

    private static string Prefix(string key, string prefix) => key switch
    {
        "cap" => "Cap, ",
        "floor" => "Floor, ",
        _ => prefix,
    };

    private static string Numbered(string path, int at, string prefix) => path[(path.LastIndexOf('.') + 1)..] switch
    {
        "points" => $"Point {at + 1} ",
        "rates" => $"Rate {at + 1} ",
        _ => prefix,
    };

    private static string Joined(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    // What is no plain number could be anything in YAML, so it is said to be a text.
    private static string Written(string value, PlanField field) =>
        !field.IsText && decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? value
            : $"\"{string.Concat(value.Where(c => !char.IsControl(c))).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
