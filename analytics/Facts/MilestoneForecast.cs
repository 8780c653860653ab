namespace Followthrough.Analytics.Facts;

/// <summary>What we believed at <c>occurred_at</c> about when the milestone would be done. Internal; not a promise.</summary>
[StoredAs("milestone_forecast", Reach.FromOccurrence)]
public sealed record MilestoneForecast : AccountFact
{
    public required string MilestoneKey { get; init; }
    public required DateOnly ForecastOn { get; init; }
    public string? StaffKey { get; init; }
}
