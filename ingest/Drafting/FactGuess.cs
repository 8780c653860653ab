using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Drafting;

/// <summary>How much a file looks like records of a fact.</summary>
internal static class FactGuess
{
    private const int Named = 12;

    // What every fact has says little of which one it is.
    private static readonly HashSet<string> Common = ["source_key", "occurred_at", "source_modified_at", "deleted", "account", "name", "currency"];

    /// <summary>The more, the likelier.</summary>
    public static int Fit(Sample sample, FactTable table)
    {
        var fields = ColumnGuess.Fields(sample, table);
        var words = FieldWords.Split(sample.Name);
        var fit = words.Contains(table.Name) || Lexicon.Facts.GetValueOrDefault(table.Name, []).Any(name => name.Words.All(words.Contains)) ? Named : 0;
        foreach (var column in table.Columns)
        {
            var weight = Common.Contains(column.Name) ? 1 : column.Required ? 4 : 2;
            if (fields.TryGetValue(column.Name, out var field) && (column.Name != "number" || field != fields.GetValueOrDefault("source_key"))) fit += weight;
            // A constant often stands for what a file does not say.
            else if (column.Required && column.Name != "source_key") fit--;
        }
        return fit;
    }
}
