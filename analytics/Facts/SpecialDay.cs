namespace Followthrough.Analytics.Facts;

/// <summary>A day that replaces the weekly hours: closed when both minutes are null, otherwise open in that interval only.</summary>
[StoredAs("special_day", Reach.Everything)]
public sealed record SpecialDay : Fact
{
    public required string CalendarKey { get; init; }
    public required DateOnly Day { get; init; }
    public string? Name { get; init; }
    public int? OpensMinute { get; init; }
    public int? ClosesMinute { get; init; }
}
