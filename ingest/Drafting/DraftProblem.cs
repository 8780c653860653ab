using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>What a draft still needs, or what is doubtful in it.</summary>
/// <param name="Column">The column it is about; null for the draft as a whole.</param>
/// <param name="Text">In a sentence.</param>
/// <param name="Stops">Whether nothing can be read before it is settled.</param>
public sealed record DraftProblem(string? Column, string Text, bool Stops)
{
    /// <summary>All of them, in the order of the columns.</summary>
    public static IReadOnlyList<DraftProblem> Of(MappingDraft draft, Sample sample) =>
        [.. Key(draft, sample), .. draft.Table.Columns.SelectMany(c => Of(draft, sample, c)), .. Zone(draft, sample)];

    private static IEnumerable<DraftProblem> Key(MappingDraft draft, Sample sample)
    {
        if (draft.KeyFields.Count == 0) yield return new("source_key", "source_key: which fields identify a record? Expected at least one.", true);
        else if (!draft.Numbered && sample.Repeats(draft.KeyFields) is > 0 and var repeats)
            yield return new("source_key", $"source_key: {repeats} of {sample.Records} records have the same {string.Join(" and ", draft.KeyFields)} as one before them, and would replace it. Choose more fields, or number equal records.", false);
        foreach (var field in draft.KeyFields.Where(f => sample.Field(f) is { } found && found.Filled < sample.Records))
            yield return new("source_key", $"source_key: {sample.Records - sample.Field(field)!.Filled} records have nothing in {field}, and would be rejected.", false);
    }

    private static IEnumerable<DraftProblem> Of(MappingDraft draft, Sample sample, FactColumn column)
    {
        if (column.Name == "source_key") yield break;
        var source = draft.Column(column.Name);
        if (source is null)
        {
            if (column.Required) yield return new(column.Name, $"{column.Name}: nothing feeds it, without which {draft.Fact} has no meaning.", true);
            yield break;
        }
        if (source.Undecided.Count > 0)
            yield return new(column.Name, $"{column.Name}: {source.Field} can be read as {string.Join(" or as ", source.Undecided)}, and it matters which. {Example(column, source, sample)}", true);
        if (source.Field is { } name && sample.Field(name) is { } field) foreach (var doubt in Doubts(column, source, field)) yield return doubt;
    }

    private static IEnumerable<DraftProblem> Doubts(FactColumn column, DraftColumn source, SampleField field)
    {
        if (source.Date is { } form && DateForms.Misses(field, form) is > 0 and var misses)
            yield return new(column.Name, $"{column.Name}: {misses} values of {field.Name} are no dates written {form}, and would be rejected.", false);
        if (ChoiceWords.Of(column) is not { Count: > 0 } words) yield break;
        var unknown = field.Values.Where(v => !source.Values.ContainsKey(v.Text) && !IsRead(column, words, v.Text)).ToList();
        if (unknown.Count > 0)
            yield return new(column.Name, $"{column.Name}: {unknown.Count} {(unknown.Count == 1 ? "word" : "words")} of {field.Name} {(unknown.Count == 1 ? "has" : "have")} no meaning yet, and {unknown.Sum(v => v.Count)} records would be rejected.", false);
    }

    /// <summary>Whether a column of a closed set reads a text without help.</summary>
    public static bool IsRead(FactColumn column, IReadOnlyList<string> words, string text) =>
        words.Contains(text.ToLowerInvariant()) || (column.Kind == ColumnKind.Flag && Loading.CellReader.Read(column, text, out _) is null);

    private static string Example(FactColumn column, SampleField field, string form)
    {
        var text = field.Values[0].Text;
        if (column.Kind is ColumnKind.Number or ColumnKind.Whole) return $"{form}: {text} is {NumberForms.Read(form, text)}";
        var day = text;
        return new Mappings.DateReading(form == DateForms.Iso ? null : form, TimeZoneInfo.Utc).Read(FactTable.Of<Invoice>().Column("due_on")!, ref day) is null ? $"{form}: {text} is {day}" : "";
    }

    private static string Example(FactColumn column, DraftColumn source, Sample sample) =>
        sample.Field(source.Field) is { } field ? string.Join("; ", source.Undecided.Select(form => Example(column, field, form)).Where(e => e.Length > 0)) + "." : "";

    private static IEnumerable<DraftProblem> Zone(MappingDraft draft, Sample sample)
    {
        if (draft.Zone is not null) yield break;
        var local = draft.Columns.Where(c => c is { Date: { } form, Field: { } field } && draft.Table.Column(c.Name)!.Kind == ColumnKind.Instant
            && sample.Field(field) is { } found && DateForms.NeedsZone(found, form)).ToList();
        if (local.Count > 0)
            yield return new(local[0].Name, $"{string.Join(", ", local.Select(c => c.Name))}: the times of {string.Join(", ", local.Select(c => c.Field).Distinct())} name no zone. Say in which they are.", true);
    }
}
