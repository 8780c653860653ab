using System.Globalization;

namespace Followthrough.Dashboard.Charts;

/// <summary>What is aimed at, month by month, as a dashed line in steps: a target that changes changes there.</summary>
internal static class TargetLine
{
    /// <param name="targets">One for each month in the axis' unit; null where there is none.</param>
    /// <param name="show">The last one in words.</param>
    internal static object Of(IEnumerable<double?> targets, Func<double, FormattableString> show)
    {
        double?[] line = [.. targets];
        var last = line.LastOrDefault(target => target is not null);
        return new
        {
            type = "line",
            name = "target",
            silent = true,
            step = "middle",
            symbol = "none",
            z = 1,
            lineStyle = new { color = "var(--text-2)", type = "dashed", width = 1 },
            data = line,
            endLabel = last is null ? null : new { show = true, formatter = $"target\n{show(last.Value).ToString(CultureInfo.InvariantCulture)}", lineHeight = 15, color = "var(--text-2)" },
        };
    }
}
