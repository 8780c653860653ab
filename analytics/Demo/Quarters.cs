namespace Followthrough.Analytics.Demo;

/// <summary>Calendar quarters, in UTC as all of the demo's days.</summary>
internal static class Quarters
{
    /// <summary>The first moment of the quarter after the one in which that instant lies.</summary>
    public static DateTimeOffset EndOf(DateTimeOffset at) =>
        Timeline.Midnight(new DateOnly(at.Year, (at.Month - 1) / 3 * 3 + 1, 1)).AddMonths(3);

    /// <summary>The quarter in which that instant lies, as 2026-Q1.</summary>
    public static string NameOf(DateTimeOffset at) => FormattableString.Invariant($"{at.Year}-Q{(at.Month + 2) / 3}");
}
