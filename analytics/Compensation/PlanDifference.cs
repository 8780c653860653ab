namespace Followthrough.Analytics.Compensation;

/// <summary>How a line stands between two texts.</summary>
internal enum LineFate { Same, Removed, Added }

/// <summary>The lines of two versions of a text, those they have in common once: the longest such sequence.</summary>
internal static class PlanDifference
{
    public static IReadOnlyList<(LineFate Fate, string Text)> Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var common = Common(old, now);
        var lines = new List<(LineFate, string)>();
        var (i, j) = (0, 0);
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j]) (lines, i, j) = (With(lines, LineFate.Same, old[i]), i + 1, j + 1);
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1])) lines = With(lines, LineFate.Removed, old[i++]);
            else lines = With(lines, LineFate.Added, now[j++]);
        }
        return lines;
    }

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    private static List<(LineFate, string)> With(List<(LineFate, string)> lines, LineFate fate, string text)
    {
        lines.Add((fate, text));
        return lines;
    }

    // How many lines the ends from i and j have in common.
    private static int[,] Common(string[] old, string[] now)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }
}
