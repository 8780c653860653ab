using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>What a file's names and values say of what it means. All of it is guessed and marked so; what could be two things is left open.</summary>
public static class Drafts
{
    private const int Likely = 50;
    private const int MostChoices = 40;
    private const int LongestKeyText = 64;

    /// <summary>A draft of a mapping to one fact.</summary>
    /// <param name="sample">The file's beginning.</param>
    /// <param name="table">The fact each record becomes.</param>
    /// <param name="name">Name of the mapping.</param>
    /// <param name="known">What is known of the company.</param>
    public static MappingDraft Guess(Sample sample, FactTable table, string name, DraftKnowledge known)
    {
        var prefix = name.Split('_', '-')[0];
        var columns = ColumnGuess.All(sample, table, prefix, known);
        var keys = KeyFields(sample, columns);
        return new MappingDraft
        {
            Name = name,
            Files = FileNames.Pattern(sample.Name),
            Prefix = prefix,
            Fact = table.Name,
            Reading = sample.Reading,
            Zone = known.Zone,
            Empty = SampleTally.NothingsOf(sample),
            KeyFields = keys,
            Numbered = keys.Count > 0 && sample.Repeats(keys) > 0,
            Columns = [.. columns.Where(c => c.Name != "source_key")],
        };
    }

    /// <summary>Every fact a record may be, the likeliest first.</summary>
    public static IReadOnlyList<FactTable> Facts(Sample sample) =>
        [.. FactTable.All.Select((table, i) => (table, i, fit: FactGuess.Fit(sample, table))).OrderByDescending(x => x.fit).ThenBy(x => x.i).Select(x => x.table)];

    /// <summary>Whether a field's texts are short enough, and on one line, to stand in a key.</summary>
    internal static bool CanBeKey(SampleField field) =>
        field.IsNameable && field.Filled > 0 && !field.IsList && field.Values.All(v => v.Text.Length <= LongestKeyText && !v.Text.Contains('\n', StringComparison.Ordinal));

    /// <summary>Whether a field has few enough values to be a closed set.</summary>
    internal static bool CanBeChoice(SampleField field) => field.Values.Count is > 0 and <= MostChoices;

    /// <summary>Whether a name fits well enough to be taken.</summary>
    internal static bool IsLikely(int fit) => fit >= Likely;

    // What is called a key and is one; else what is one; else customer and time together, which at least tell most records apart.
    private static IReadOnlyList<string> KeyFields(Sample sample, IReadOnlyList<DraftColumn> columns)
    {
        var usable = sample.Fields.Where(CanBeKey).ToList();
        if (columns.FirstOrDefault(c => c.Name == "source_key")?.Field is { } called) return [called];
        var taken = columns.Where(c => c.Date is not null || c.DecimalSign is not null || c.Undecided.Count > 0).Select(c => c.Field).ToHashSet();
        if (usable.FirstOrDefault(f => f.IsUnique && f.Filled == sample.Records && !taken.Contains(f.Name)) is { } unique) return [unique.Name];
        return [.. new[] { "account", "occurred_at" }.Select(n => columns.FirstOrDefault(c => c.Name == n)?.Field).OfType<string>().Where(f => usable.Any(u => u.Name == f)).Distinct()];
    }
}

/// <summary>What is known without the file.</summary>
/// <param name="Zone">IANA zone of the company; null when none was said.</param>
/// <param name="Currency">ISO 4217 code in which the company states amounts; null when none was said.</param>
public sealed record DraftKnowledge(string? Zone, string? Currency);
