using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>How sources write the values of our closed sets.</summary>
internal static class ChoiceWords
{
    private static readonly string[] Flags = ["true", "false"];

    /// <summary>What a column of a closed set may hold; true and false for a flag.</summary>
    public static IReadOnlyList<string> Of(FactColumn column) => column.Kind switch
    {
        ColumnKind.Flag => Flags,
        ColumnKind.Choice => column.Choices,
        _ => [],
    };

    /// <summary>Our word for a source's; null when it is none that we know. What a column reads by itself needs none.</summary>
    public static string? Guess(FactColumn column, string text)
    {
        var words = FieldWords.Split(text);
        return Of(column).FirstOrDefault(c => words.SequenceEqual(c.Split('_')))
            ?? Of(column).FirstOrDefault(c => Lexicon.Words.GetValueOrDefault(c, []).Any(name => name.Words.SequenceEqual(words)));
    }
}
