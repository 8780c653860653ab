namespace Followthrough.Dashboard.Charts;

/// <summary>Colours and patterns of charts: names of the style sheet's, whose values charts.js puts in. Okabe-Ito, and never the colour alone.</summary>
internal static class ChartColours
{
    internal const string Kept = "var(--kept)";
    internal const string Missed = "var(--missed)";
    internal const string Pending = "var(--pending)";
    internal const string Excused = "var(--excused)";
    internal const string Surface = "var(--surface)";
    internal const string Text = "var(--text-2)";
    internal const string Grey = "var(--text-3)";
    internal const string Line = "var(--line)";

    /// <summary>Stripes that lean to the right.</summary>
    internal static object Stripes { get; } = Hatch(Math.PI / 4);

    /// <summary>Stripes that lie.</summary>
    internal static object Lines { get; } = Hatch(0);

    /// <summary>Dots.</summary>
    internal static object Dots { get; } = new { symbol = "circle", symbolSize = 0.8, color = Surface, dashArrayX = new[] { new[] { 6, 6 }, [0, 6, 6, 0] }, dashArrayY = new[] { 6, 0 } };

    private static object Hatch(double rotation) => new { symbol = "rect", symbolSize = 1, color = Surface, dashArrayX = new[] { 1, 0 }, dashArrayY = new[] { 2, 5 }, rotation };
}
