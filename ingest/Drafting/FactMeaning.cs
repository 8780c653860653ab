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
    public static string Of(FactColumn column) => Words($"P:{column.Property.DeclaringType!.FullName}.{column.Property.Name}");

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
