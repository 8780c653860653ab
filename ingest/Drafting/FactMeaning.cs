using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>What facts and their columns mean, in the words of the facts' own documentation, which is built and shipped beside them.</summary>
public static partial class FactMeaning
{
    private static readonly Lazy<Dictionary<string, XElement>> Members = new(() =>
        XDocument.Load(Path.ChangeExtension(typeof(Fact).Assembly.Location, ".xml")).Descendants("member")
            .Where(m => m.Element("summary") is not null).ToDictionary(m => m.Attribute("name")!.Value, m => m.Element("summary")!));

    /// <summary>What a fact is.</summary>
    public static string Of(FactTable table) => Words($"T:{table.Record.FullName}");

    /// <summary>What a column means; an empty text where its name says it all.</summary>
    public static string Of(FactColumn column) => Words($"P:{column.Property.DeclaringType!.FullName}.{column.Property.Name}") is { Length: > 0 } said ? said
        : KnownKeys.TableOf(column) is { } named ? $"Source key of the {named.Name.Replace('_', ' ')}."
        : column.Kind == ColumnKind.Choice ? Words($"T:{(Nullable.GetUnderlyingType(column.Property.PropertyType) ?? column.Property.PropertyType).FullName}") : "";

    /// <summary>What may stand in a column, in words: <c>a moment</c>, <c>one of low, normal, high, urgent</c>.</summary>
    public static string Holds(FactColumn column) => column.Kind switch
    {
        ColumnKind.Instant => "a moment",
        ColumnKind.Day => "a day",
        ColumnKind.Whole => "a whole number",
        ColumnKind.Number => "a decimal",
        ColumnKind.Flag => "true or false",
        ColumnKind.Choice => $"one of {string.Join(", ", column.Choices)}",
        _ => ColumnGuess.IsKey(column) || column.Name == "source_key" ? "a key" : "text",
    };

    /// <summary>How such a text is written in the product's own format; null where that goes without saying.</summary>
    public static string? Written(ColumnKind kind) => kind switch
    {
        ColumnKind.Instant => "2026-09-30T14:05:00+02:00, ISO 8601 with offset",
        ColumnKind.Day => "2026-09-30",
        ColumnKind.Number => "1234.50",
        _ => null,
    };

    private static string Words(string member) => Members.Value.TryGetValue(member, out var summary) ? Blanks().Replace(TextOf(summary), " ").Trim() : "";

    private static string TextOf(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } named => FactTable.Snake(named.Value[(named.Value.LastIndexOf('.') + 1)..]),
                XElement inner => TextOf(inner),
                _ => "",
            });
        return text.ToString();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
