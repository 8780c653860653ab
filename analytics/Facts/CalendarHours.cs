namespace Followthrough.Analytics.Facts;

/// <summary>
/// One open interval of a weekday; several a day are allowed (a lunch break is the gap between two), and where they overlap the time
/// counts once. Hours that close at or before the minute they open run into the next day; the night belongs to the day it began on,
/// so that day's validity and special days decide.
/// </summary>
[StoredAs("calendar_hours", Reach.Everything)]
public sealed record CalendarHours : Fact
{
    public required string CalendarKey { get; init; }

    /// <summary>ISO weekday, 1 Monday to 7 Sunday.</summary>
    public required int Weekday { get; init; }

    /// <summary>Local minute of the day it opens, 0 to 1439, inclusive.</summary>
    public required int OpensMinute { get; init; }

    /// <summary>Local minute it closes, 1 to 1440, exclusive; of the next day when it is not after the opening.</summary>
    public required int ClosesMinute { get; init; }

    /// <summary>First day it applies; null means always.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>First day it no longer applies; null means for ever.</summary>
    public DateOnly? ValidTo { get; init; }
}
