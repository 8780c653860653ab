namespace Followthrough.Ingest.Sources.Files;

/// <summary>How a file of separated values is laid out.</summary>
/// <param name="ShownName">What messages call it.</param>
/// <param name="Separator">What stands between fields.</param>
/// <param name="HeaderLines">Records before the data; the first has the names.</param>
internal sealed record CsvLayout(string ShownName, char Separator, int HeaderLines)
{
    /// <summary>The one of comma, semicolon and tab that the header has most of; it has none inside quotes that counts.</summary>
    public static char SeparatorOf(string head)
    {
        var (quoted, begun) = (false, false);
        Span<int> counts = [0, 0, 0];
        ReadOnlySpan<char> separators = [',', ';', '\t'];
        foreach (var c in head)
        {
            if (c == '"') quoted = !quoted;
            // A header of one column has none, whatever its rows are full of.
            else if (!quoted && c is '\n' or '\r' && begun) break;
            else if (!quoted && separators.IndexOf(c) is >= 0 and var i) counts[i]++;
            begun |= c is not ('\n' or '\r');
        }
        var best = 0;
        for (var i = 1; i < counts.Length; i++)
            if (counts[i] > counts[best]) best = i;
        return separators[best];
    }
}
