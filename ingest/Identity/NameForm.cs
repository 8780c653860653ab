using System.Globalization;
using System.Text;

namespace Followthrough.Ingest.Identity;

/// <summary>
/// The words of a company's name without what is written now one way, now another: case, accents, punctuation, legal form, small words,
/// what stands in brackets, the order of words. Umlauts are as good as their two letters.
/// </summary>
internal static class NameForm
{
    private static readonly HashSet<string> Dropped =
    [
        // Legal forms.
        "gmbh", "ggmbh", "mbh", "ag", "kg", "kgaa", "ohg", "gbr", "ug", "ev", "eg", "se", "inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp", "lp",
        "ltd", "limited", "plc", "pllc", "pc", "sarl", "sas", "sasu", "sa", "eurl", "snc", "spa", "srl", "srls", "sapa", "sl", "slu", "sau", "lda", "bv", "nv", "vof", "bvba", "sprl",
        "ab", "as", "asa", "aps", "oy", "oyj", "doo", "dd", "sro", "zrt", "kft", "bt", "sp", "zoo", "z", "oo", "ooo", "pty", "pte", "kk", "ltda", "eireli", "cv", "sab", "ek",
        // What groups call themselves.
        "group", "gruppe", "groupe", "gruppo", "holding", "holdings", "partners", "partner",
        // Small words.
        "the", "and", "und", "et", "e", "y", "of", "der", "die", "das", "de", "la", "le", "les", "du", "des", "di",
    ];

    private static readonly Dictionary<char, string> Letters = new()
    {
        ['ß'] = "ss",
        ['æ'] = "a",
        ['ø'] = "o",
        ['œ'] = "o",
        ['ł'] = "l",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ı'] = "i",
    };

    // Longer ones are no names; comparing letters would take them long.
    private const int MostWords = 16;
    private const int MostLetters = 40;

    /// <summary>Its words, sorted; all of them where nothing else would be left.</summary>
    public static IReadOnlyList<string> Of(string name)
    {
        var words = Words(Folded(WithoutBrackets(name))).Take(MostWords).Select(w => w.Length > MostLetters ? w[..MostLetters] : w).ToList();
        var telling = words.Where(w => !Dropped.Contains(w)).ToList();
        return [.. (telling.Count > 0 ? telling : words).Select(Umlauts).Distinct().Order(StringComparer.Ordinal)];
    }

    // A name may begin with a bracket; one that never closes is none.
    private static string WithoutBrackets(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var at = 0; at < name.Length;)
        {
            var open = at + 1 < name.Length ? name.IndexOf('(', Math.Max(at, 1)) : -1;
            var close = open < 1 ? -1 : name.IndexOf(')', open);
            if (close < 0) return text.Append(name, at, name.Length - at).ToString();
            text.Append(name, at, open - at).Append(' ');
            at = close + 1;
        }
        return text.ToString();
    }

    private static string Folded(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name.ToLowerInvariant().Normalize(NormalizationForm.FormD))
            if (Letters.TryGetValue(c, out var letters)) text.Append(letters);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) text.Append(c);
        return text.ToString();
    }

    // A dot or apostrophe joins what stands around it (S.p.A., O'Neil), everything else parts.
    private static List<string> Words(string folded)
    {
        var text = new StringBuilder(folded.Length);
        for (var i = 0; i < folded.Length; i++)
            if (char.IsLetterOrDigit(folded[i])) text.Append(folded[i]);
            else if (folded[i] is '\'' or '’' || (folded[i] == '.' && IsInitial(folded, i))) continue;
            else text.Append(' ');
        return [.. text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static bool IsInitial(string text, int dot)
    {
        var start = dot;
        while (start > 0 && char.IsLetter(text[start - 1])) start--;
        return dot - start is > 0 and <= 2 && (start == 0 || !char.IsLetterOrDigit(text[start - 1]));
    }

    private static string Umlauts(string word) =>
        word.Length < 4 ? word : word.Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal).Replace("ue", "u", StringComparison.Ordinal);
}
