using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Followthrough.Ingest.Drafting;

/// <summary>How well the names of sources fit our columns.</summary>
internal static class FieldWords
{
    private const int Exact = 100;
    private const int Within = 60;

    // However late a name stands among its like, it is more than one that is only part of a name.
    private const int MostLost = 25;

    private static readonly ConcurrentDictionary<string, IReadOnlyList<LexiconName>> ByColumn = new();

    /// <summary>How well a field's name fits a column, from 0 to 100.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="fact">Name of the fact: <c>invoice_date</c> is the date of an invoice.</param>
    /// <param name="field">The source's name; of a dotted path the last part counts most.</param>
    public static int Fit(string column, string fact, string field)
    {
        var words = Split(field);
        var own = string.Concat(words.Except(Split(fact)));
        var joined = string.Concat(words);
        var best = 0;
        foreach (var name in NamesOf(column))
            if (name.Joined == joined || name.Joined == own) best = Math.Max(best, Exact - Math.Min(2 * name.Rank, MostLost));
            else if (!name.Whole && name.Words.All(words.Contains)) best = Math.Max(best, Within + (name.Words.Count * 4) - name.Rank - words.Count);
        return best;
    }

    /// <summary>
    /// The words of a name, in small letters without accents: <c>CustomerID</c>, <c>customer_id</c> and <c>customer-id</c> are the same two,
    /// <c>Fälligkeit</c> and <c>Faelligkeit</c> the same one.
    /// </summary>
    public static IReadOnlyList<string> Split(string name)
    {
        name = Plain(name);
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var begins = char.IsUpper(name[i]) && i > 0 && (char.IsLower(name[i - 1]) || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins || !char.IsLetterOrDigit(name[i])) Close();
            if (char.IsLetterOrDigit(name[i])) word.Append(char.ToLowerInvariant(name[i]));
        }
        Close();
        return words;

        void Close()
        {
            if (word.Length > 0) words.Add(word.ToString());
            word.Clear();
        }
    }

    private static IReadOnlyList<LexiconName> NamesOf(string column) => ByColumn.GetOrAdd(column, static called =>
    {
        var words = called.Split('_');
        var names = new List<LexiconName> { new(words, 0) };
        if (words.Length > 1 && words[^1] is "at" or "on" or "key") names.Add(new(words[..^1], 1));
        return [.. names, .. Lexicon.Columns.GetValueOrDefault(called, []).Select(name => name with { Rank = name.Rank + names.Count })];
    });

    // German spells a letter it lacks with an e; of all other letters the mark falls away.
    private static string Plain(string name)
    {
        if (name.All(char.IsAscii)) return name;
        // Halves of characters, which can't be normalised, become the sign for what can't be read.
        var spelled = string.Concat(name.EnumerateRunes()).Normalize(NormalizationForm.FormC)
            .Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal).Replace("ß", "ss", StringComparison.Ordinal)
            .Replace("Ä", "Ae", StringComparison.Ordinal).Replace("Ö", "Oe", StringComparison.Ordinal).Replace("Ü", "Ue", StringComparison.Ordinal);
        return string.Concat(spelled.Normalize(NormalizationForm.FormKD).Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
    }
}
