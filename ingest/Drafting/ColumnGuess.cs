using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>Which field feeds which column, by its name and by what stands in it.</summary>
internal static class ColumnGuess
{
    /// <summary>What feeds the columns of a fact; those for which nothing was found are not among them.</summary>
    public static IReadOnlyList<DraftColumn> All(Sample sample, FactTable table, string prefix, DraftKnowledge known)
    {
        var chosen = Fields(sample, table);
        foreach (var column in table.Columns.Where(c => !chosen.ContainsKey(c.Name)))
            if (ValueGuess.Of(column, sample.Fields.Except(chosen.Values)) is { } field) chosen[column.Name] = field;
        var columns = new List<DraftColumn>();
        foreach (var column in table.Columns)
            if (chosen.TryGetValue(column.Name, out var field)) columns.Add(For(column, field, prefix));
            else if (Constant(sample, table, column, known) is { } text) columns.Add(new DraftColumn { Name = column.Name, Constant = text, IsGuess = true });
        return columns;
    }

    /// <summary>What feeds a column when a field is chosen for it.</summary>
    public static DraftColumn For(FactColumn column, SampleField field, string prefix)
    {
        var forms = column.Kind switch
        {
            ColumnKind.Instant or ColumnKind.Day => field.DateForms,
            ColumnKind.Number or ColumnKind.Whole => field.NumberForms,
            _ => [],
        };
        var isDate = column.Kind is ColumnKind.Instant or ColumnKind.Day;
        return new DraftColumn
        {
            Name = column.Name,
            Field = field.Name,
            Prefix = IsKey(column) ? PrefixOf(field, prefix) : null,
            Date = isDate && forms.Count == 1 ? forms[0] : null,
            DecimalSign = !isDate && forms.Count == 1 ? forms[0] : null,
            Undecided = forms.Count > 1 ? forms : [],
            Values = ValuesOf(column, field),
            IsGuess = true,
        };
    }

    /// <summary>Whether a column names another record.</summary>
    public static bool IsKey(FactColumn column) => column.IsAccount || column.Name.EndsWith("_key", StringComparison.Ordinal);

    /// <summary>The fields of a fact's columns: of each pair the best first, and none twice.</summary>
    public static Dictionary<string, SampleField> Fields(Sample sample, FactTable table)
    {
        var pairs = from column in table.Columns
                    from field in sample.Fields
                    where field.IsNameable && CanFeed(column, field)
                    let fit = FieldWords.Fit(column.Name, table.Name, field.Name) + (column.Name == "source_key" && !field.IsUnique ? -10 : 0)
                    where Drafts.IsLikely(fit)
                    orderby fit descending, column.Required descending
                    select (column, field);
        var chosen = new Dictionary<string, SampleField>();
        var taken = new HashSet<string>();
        foreach (var (column, field) in pairs)
            if (!chosen.ContainsKey(column.Name) && !taken.Contains(field.Name))
            {
                chosen[column.Name] = field;
                taken.Add(field.Name);
            }
        // A number that everybody knows a record by identifies it, too.
        if (!chosen.ContainsKey("source_key") && chosen.TryGetValue("number", out var number) && number.IsUnique) chosen["source_key"] = number;
        if (!chosen.ContainsKey("number") && table.Column("number") is { Required: true } && chosen.TryGetValue("source_key", out var key)) chosen["number"] = key;
        return chosen;
    }

    private static bool CanFeed(FactColumn column, SampleField field) => field.Filled > 0 && !field.IsList && column.Kind switch
    {
        ColumnKind.Instant or ColumnKind.Day => field.DateForms.Count > 0,
        ColumnKind.Number or ColumnKind.Whole => field.NumberForms.Count > 0,
        ColumnKind.Flag or ColumnKind.Choice => Drafts.CanBeChoice(field),
        _ => (!IsKey(column) && column.Name != "source_key") || Drafts.CanBeKey(field),
    };

    // A text with a colon is a whole key already.
    private static string? PrefixOf(SampleField field, string prefix) => field.Values.Count > 0 && field.Values.All(v => v.Text.IndexOf(':') > 0) ? null : prefix;

    /// <summary>Our words for a field's; those that the column reads by itself, and those nobody knows, are not among them.</summary>
    public static IReadOnlyDictionary<string, string> ValuesOf(FactColumn column, SampleField field)
    {
        if (ChoiceWords.Of(column).Count == 0 || !Drafts.CanBeChoice(field)) return new Dictionary<string, string>();
        return field.Values.Select(v => (v.Text, ours: ChoiceWords.Guess(column, v.Text)))
            .Where(v => v.ours is not null && v.ours != v.Text).ToDictionary(v => v.Text, v => v.ours!);
    }

    private static string? Constant(Sample sample, FactTable table, FactColumn column, DraftKnowledge known)
    {
        if (column.Name == "currency" && column.Required) return known.Currency;
        var words = FieldWords.Split(sample.Name).Concat(sample.Fields.SelectMany(f => FieldWords.Split(f.Name))).ToHashSet();
        bool Says(params string[] any) => any.Any(words.Contains);
        // What a file is called says it as a value would, in the singular or plural.
        var called = FieldWords.Split(sample.Name);
        bool Means(string word) => Lexicon.Words[word].Any(name => name.Words is [var one] && called.Any(c => c == one || (one.Length > 3 && c.StartsWith(one, StringComparison.Ordinal) && c.Length <= one.Length + 2)));
        return (table.Name, column.Name) switch
        {
            ("interaction", "channel") => Says("call", "calls", "pbx") || Means("call") ? "phone" : Says("mail", "mails", "email", "emails") || Means("email") ? "email" : Says("chat", "chats") ? "chat" : null,
            ("interaction", "kind") => Says("call", "calls", "pbx") || Means("call") ? "call" : Says("mail", "mails", "email", "emails", "chat", "chats") || Means("email") ? "message" : null,
            ("survey_response", "measure") => Says("nps") ? "nps" : Says("csat") || Means("csat") ? "csat" : Says("ces", "effort") ? "ces" : null,
            ("survey_response", "scale_min") => Says("nps") ? "0" : null,
            ("survey_response", "scale_max") => Says("nps") ? "10" : null,
            ("issue", "priority") => "normal",
            _ => null,
        };
    }
}
