namespace Followthrough.Ingest.Identity;

/// <summary>How alike two names are, from 0 to 1: the share of words that have their like in the other name.</summary>
internal static class Likeness
{
    // Less alike than this, two words are just two words.
    private const double LeastLike = 0.75;
    private const double OfAbbreviation = 0.9;

    /// <summary>Of two names as <see cref="NameForm"/> gives them. 1 when all words are the same.</summary>
    public static double Of(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        if (one.Count == 0 || other.Count == 0) return 0;
        var left = other.ToList();
        var sum = 0.0;
        foreach (var word in one)
        {
            var best = left.Count == 0 ? (Word: "", Like: 0.0) : left.Select(w => (Word: w, Like: OfWords(word, w))).MaxBy(x => x.Like);
            if (best.Like < LeastLike) continue;
            sum += best.Like;
            left.Remove(best.Word);
        }
        return sum / Math.Max(one.Count, other.Count);
    }

    private static double OfWords(string one, string other)
    {
        if (one == other) return 1;
        // A typing error in a number or a short word makes another number and another word.
        if (one.Any(char.IsDigit) || other.Any(char.IsDigit)) return 0;
        var (brief, full) = one.Length < other.Length ? (one, other) : (other, one);
        if (brief.Length is >= 2 and <= 5 && IsShort(brief, full)) return OfAbbreviation;
        return brief.Length < 4 ? 0 : 1 - (double)Distance(one, other) / full.Length;
    }

    // Ctr for center, Mfg for manufacturing: its first letter, and letters of it in their order.
    private static bool IsShort(string brief, string full)
    {
        if (brief[0] != full[0] || full.Length < brief.Length + 2) return false;
        var at = 0;
        foreach (var c in full)
            if (at < brief.Length && c == brief[at]) at++;
        return at == brief.Length;
    }

    // Letters to change, add, leave out or swap with their neighbour.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        return rows[a.Length, b.Length];
    }
}
