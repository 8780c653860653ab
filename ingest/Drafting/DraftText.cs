using System.Globalization;
using System.Text;
using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>A draft as the mapping file it stands for.</summary>
public static class DraftText
{
    /// <summary>The mapping in YAML. What nobody confirmed says so; what nobody decided stands as a remark, with what there is to choose from.</summary>
    public static string ToYaml(this MappingDraft draft) => string.Concat(Lines(draft).Select(line => line + "\n"));

    private static IEnumerable<string> Lines(MappingDraft draft)
    {
        yield return "# yaml-language-server: $schema=mapping.schema.json";
        yield return $"name: {Quoted(draft.Name)}";
        yield return $"files: {Quoted(draft.Files)}";
        if (draft.Reading.Records.Count > 0) yield return $"records: {List(draft.Reading.Records)}";
        if (draft.Reading.Encoding is { } encoding) yield return $"encoding: {encoding}";
        if (draft.Reading.HeaderLines > 1) yield return $"header_lines: {draft.Reading.HeaderLines}";
        if (draft.Reading.Sheet is { } sheet) yield return $"sheet: {Quoted(sheet)}";
        if (draft.Zone is { } zone) yield return $"zone: {Quoted(zone)}";
        if (draft.Empty.Count > 0) yield return $"empty: {List(draft.Empty)}";
        if (draft.Numbered) yield return $"numbered_by: {List(draft.KeyFields)}";
        yield return "facts:";
        foreach (var line in Staff(draft).Concat(Accounts(draft)).Concat(Fact(draft))) yield return line;
    }

    private static IEnumerable<string> Staff(MappingDraft draft) =>
        draft.MakesStaff && (draft.Column("staff_key") ?? draft.Column("owner_key")) is { Field: { } field } person ? Made(draft, "staff", person, field, field) : [];

    private static IEnumerable<string> Accounts(MappingDraft draft) =>
        draft.MakesAccounts && draft.Column("account") is { Field: { } field } account ? Made(draft, "account", account, field, draft.AccountName ?? field) : [];

    // A record that another names begins with the earliest that names it.
    private static IEnumerable<string> Made(MappingDraft draft, string fact, DraftColumn key, string field, string name)
    {
        yield return $"  - fact: {fact}";
        yield return $"    when: {{ present: {Quoted(field)}, earliest_of: {Quoted(field)}{Unknown(key, field)} }}";
        yield return "    columns:";
        yield return $"      source_key: {Quoted(Template(key))}";
        yield return $"      name: {Quoted($"{{{name}}}")}";
        if (draft.Column("occurred_at") is { } occurred) yield return Line(draft.Table.Column("occurred_at")!, occurred);
    }

    // Who is known already by another key is not made anew.
    private static string Unknown(DraftColumn key, string field) => key.Values.Count == 0 ? "" : $", not: {{ {Quoted(field)}: {List(key.Values.Keys)} }}";

    private static IEnumerable<string> Fact(MappingDraft draft)
    {
        yield return $"  - fact: {draft.Fact}";
        yield return "    columns:";
        foreach (var column in draft.Table.Columns)
            if (column.Name == "source_key") yield return Key(draft);
            else if (draft.Column(column.Name) is { } source) yield return Line(column, source);
            else if (column.Required) yield return $"      # {column.Name}: nothing feeds it yet, and it is required{Choices(column)}";
    }

    private static string Key(MappingDraft draft)
    {
        if (draft.KeyFields.Count == 0) return "      # source_key: which fields identify a record? It is required";
        var key = $"{draft.Prefix}:{string.Join('/', draft.KeyFields.Select(f => $"{{{f}}}"))}{(draft.Numbered ? "/{#}" : "")}";
        return $"      source_key: {Quoted(key)}";
    }

    private static string Line(FactColumn column, DraftColumn source)
    {
        var from = Quoted(source.Constant ?? Template(source));
        var isDate = column.Kind is ColumnKind.Instant or ColumnKind.Day;
        if (source.Undecided.Count > 0)
            return $"      # {column.Name}: {{ from: {from}, {(isDate ? "date" : "decimal")}: … }} reads the sample alike as {string.Join(" or ", source.Undecided.Select(Quoted))}; choose one";
        var said = new List<string>();
        if (source.Date is { } date && date != DateForms.Iso) said.Add($"date: {Quoted(date)}");
        if (source.DecimalSign is { } sign && sign != NumberForms.Plain) said.Add($"decimal: {Quoted(sign)}");
        if (source.Values.Count > 0) said.Add($"values: {{ {string.Join(", ", source.Values.Select(v => $"{Quoted(Filled(source, v.Key))}: {Quoted(v.Value)}"))} }}");
        return $"      {column.Name}: {(said.Count == 0 ? from : $"{{ from: {from}, {string.Join(", ", said)} }}")}{(source.IsGuess ? "  # a guess" : "")}";
    }

    // What the template makes of a field's text: a key that is known by another name is replaced whole.
    private static string Filled(DraftColumn source, string text) => source.Prefix is { Length: > 0 } prefix ? $"{prefix}:{text}" : text;

    private static string Template(DraftColumn source) => source.Prefix is { Length: > 0 } prefix ? $"{prefix}:{{{source.Field}}}" : $"{{{source.Field}}}";

    private static string Choices(FactColumn column) => ChoiceWords.Of(column) is { Count: > 0 } words ? $": {string.Join(", ", words)}" : "";

    private static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Quoted))}]";

    // In double quotes YAML knows the escapes of C; what can't be seen is escaped, so that the text says all it holds.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else quoted.Append(c);
        return quoted.Append('"').ToString();
    }
}
