namespace Followthrough.Analytics.Facts;

/// <summary>Finds what somebody who mistyped a name probably meant.</summary>
internal static class Nearest
{
    /// <summary>" (did you mean 'x'?)", or nothing when no candidate is within two edits.</summary>
    public static string Hint(string name, IEnumerable<string> candidates)
    {
        // A name of thousands of characters is no typing mistake.
        if (name.Length > 100) return "";
        var best = candidates.Select(c => (c, edits: Edits(name, c))).OrderBy(x => x.edits).ThenBy(x => x.c, StringComparer.Ordinal).FirstOrDefault();
        return best.c is not null && best.edits <= 2 ? $" (did you mean '{best.c}'?)" : "";
    }

    private static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
