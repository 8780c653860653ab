using System.Globalization;

namespace Followthrough.Analytics.Metrics;

/// <summary>How long rows took, as a filter: what is over and took at least <see cref="From"/> and less than <see cref="Below"/>, or what is not over.</summary>
/// <param name="From">Inclusive; null for no lower end.</param>
/// <param name="Below">Exclusive; null for no upper end.</param>
/// <param name="IsOver">False asks for what is not over, however long it has lasted so far.</param>
public sealed record Lasted(double? From, double? Below, bool IsOver = true)
{
    private const string NotOver = "open";

    /// <summary>What has not ended.</summary>
    public static Lasted Open { get; } = new(null, null, IsOver: false);

    /// <summary>What has ended, however long it took.</summary>
    public static Lasted Any { get; } = new(null, null);

    /// <summary>As addresses write it: "24..48", "..0", "48..", ".." for all that is over, "open" for what is not.</summary>
    public string Label => IsOver ? $"{Text(From)}..{Text(Below)}" : NotOver;

    /// <summary>Reads a label; false when it is none.</summary>
    public static bool TryParse(string text, out Lasted lasted)
    {
        lasted = Open;
        if (text == NotOver) return true;
        if (text.Split("..") is not [var from, var below] || !TryRead(from, out var low) || !TryRead(below, out var high)) return false;
        lasted = new Lasted(low, high);
        return low is null || high is null || low < high;
    }

    private static bool TryRead(string text, out double? number)
    {
        number = double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) && double.IsFinite(read) ? read : null;
        return text.Length == 0 || number is not null;
    }

    private static string Text(double? number) => number?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
}
