namespace Followthrough.Analytics.Facts;

/// <summary>
/// A day that replaces the weekly hours: closed when a minute is null, otherwise open in that interval only. Several of one calendar and
/// day are several intervals; minutes are as in <see cref="CalendarHours"/>.
/// </summary>
[StoredAs("special_day", Reach.Everything)]
public sealed record SpecialDay : Fact
{
    public required string CalendarKey { get; init; }
    public required DateOnly Day { get; init; }
    public string? Name { get; init; }
    public int? OpensMinute { get; init; }
    public int? ClosesMinute { get; init; }
}
