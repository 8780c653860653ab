using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Ingest.Mappings;

/// <summary>Reads what feeds a column: a text with {fields}, a list of which the first that gives something counts, or a block that says more.</summary>
internal static class ColumnNode
{
    /// <summary>Names a block may have.</summary>
    public static readonly string[] Names =
        ["from", "when", "values", "otherwise", "date", "zone", "decimal", "minus", "times", "divided_by", "minor_units_of", "upper", "sum_of", "through"];

    private static readonly SourceRecord Nothing = new(0, new RecordShape([]), []);

    /// <summary>The source of one column.</summary>
    /// <exception cref="MappingException">It says what can't be, for example a constant the column can't hold.</exception>
    public static ColumnSource Read(MappingNode parent, FactTable table, FactColumn column, YamlNode value, TimeZoneInfo? zone)
    {
        var source = value is YamlMappingNode
            ? Block(new MappingNode(value, parent.File, $"'{column.Name}'").Only(Names), table, column, zone)
            : new ColumnSource(Templates(parent.TextsOf(value))) { Date = ImpliedDate(column, zone) };
        if (ReferenceEquals(source, ColumnSource.Lines)) return source;
        // What stands in the mapping itself can be checked before any file is read.
        foreach (var constant in source.From.Where(t => t.IsConstant))
            if (new ColumnSource([constant]) { Values = source.Values, Otherwise = source.Otherwise, Date = source.Date, Upper = source.Upper }
                .Read(column, Nothing, out _) is { } problem)
                throw parent.Refuse(value, $"{table}.{column.Name} {problem.Message}");
        return source;
    }

    private static ColumnSource Block(MappingNode node, FactTable table, FactColumn column, TimeZoneInfo? zone)
    {
        if (node.Text("sum_of") is { } sum) return SumOf(node, table, column, sum);
        if (node["through"] is not null && !column.IsAccount) throw node.Refuse($"only the account can be found through another fact, not {table}.{column.Name}");
        var number = NumberOf(node);
        if (number is not null && column.Kind is not (ColumnKind.Number or ColumnKind.Whole)) throw node.Refuse($"{table}.{column.Name} is no number");
        return new ColumnSource(Templates(node.Texts("from") is { Count: > 0 } from ? from : throw node.Refuse("'from' is missing")))
        {
            When = ConditionNode.Read(node, "when"),
            Values = ValuesOf(node, table, column),
            Otherwise = Choice(node, table, column, node.Text("otherwise")),
            Date = DateOf(node, table, column, zone),
            Number = number,
            Through = ThroughOf(node),
            Upper = node.Text("upper") == "true",
        };
    }

    private static ColumnSource SumOf(MappingNode node, FactTable table, FactColumn column, string of) =>
        of == "lines" && column.Name == "amount" && LineTotal.Of(table) is not null && node.Entries.Count() == 1 ? ColumnSource.Lines
        : throw node.Refuse($"only the amount of {string.Join(" or ", LineTotal.Tables)} can be the sum of its lines; expected sum_of: lines, and nothing else");

    private static FactTable? ThroughOf(MappingNode node)
    {
        if (node.Text("through") is not { } name) return null;
        return FactTable.Find(name) is { HasAccount: true } fact ? fact : throw node.Refuse(node.Required("through"), $"there is no fact '{name}' that belongs to an account");
    }

    private static Template[] Templates(IReadOnlyList<string> texts) => [.. texts.Select(t => new Template(t))];

    private static Dictionary<string, string>? ValuesOf(MappingNode node, FactTable table, FactColumn column)
    {
        if (node["values"] is not { } values) return null;
        var block = new MappingNode(values, node.File, "'values'");
        return block.Entries.ToDictionary(e => e.Key.ToString(), e => Choice(block, table, column, block.TextOf(e.Value))!);
    }

    private static string? Choice(MappingNode node, FactTable table, FactColumn column, string? ours) =>
        ours is null or "" || column.Kind is not (ColumnKind.Choice or ColumnKind.Flag) || CellReader.Read(column, ours, out _) is not { } problem
            ? ours : throw node.Refuse($"{table}.{column.Name} {problem.Message}");

    private static DateReading? DateOf(MappingNode node, FactTable table, FactColumn column, TimeZoneInfo? zone)
    {
        if (node.Text("date") is null && node.Text("zone") is null) return ImpliedDate(column, zone);
        if (column.Kind is not (ColumnKind.Instant or ColumnKind.Day)) throw node.Refuse($"{table}.{column.Name} is no date");
        return new DateReading(node.Text("date") is "iso" ? null : node.Text("date"), ZoneOf(node, "zone") ?? zone);
    }

    // A day may be written with a time, and a time without an offset is the mapping's.
    private static DateReading? ImpliedDate(FactColumn column, TimeZoneInfo? zone) =>
        column.Kind == ColumnKind.Day || (column.Kind == ColumnKind.Instant && zone is not null) ? new DateReading(null, zone) : null;

    private static NumberReading? NumberOf(MappingNode node)
    {
        if (!new[] { "decimal", "minus", "times", "divided_by", "minor_units_of" }.Any(n => node[n] is not null)) return null;
        return new NumberReading
        {
            DecimalSign = node.Text("decimal") switch
            {
                null => null,
                "," => ',',
                "." => '.',
                _ => throw node.Refuse("'decimal' is the decimal sign; expected \",\" or \".\""),
            },
            Minus = node.Text("minus") is { } minus ? new Template(minus) : null,
            Times = node.Text("times") is { } times ? new Template(times) : null,
            MinorUnitsOf = node.Text("minor_units_of") is { } currency ? new Template(currency) : null,
            DividedBy = node.Text("divided_by") is { } divisor ? Divisor(node, divisor) : null,
        };
    }

    private static decimal Divisor(MappingNode node, string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number : throw node.Refuse($"'divided_by' is a number above 0; it is '{text}'");

    /// <summary>The zone at a name; null when the name is not there.</summary>
    public static TimeZoneInfo? ZoneOf(MappingNode node, string name)
    {
        if (node.Text(name) is not { } zone) return null;
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found
            : throw node.Refuse(node.Required(name), $"there is no time zone '{zone}'; expected an IANA name, for example Europe/Paris");
    }
}
