namespace Followthrough.Analytics.Facts;

/// <summary>A business calendar as promised to customers: a zone, weekly hours (<see cref="CalendarHours"/>) and special days (<see cref="SpecialDay"/>).</summary>
[StoredAs("calendar", Reach.Everything)]
public sealed record Calendar : Fact
{
    public required string Name { get; init; }

    /// <summary>IANA zone in which its hours are local time.</summary>
    public required string TimeZone { get; init; }
}
