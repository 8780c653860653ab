namespace Followthrough.Analytics.Facts;

/// <summary>A written weekly status, sent to the customer at <c>occurred_at</c>.</summary>
[StoredAs("status_report", Reach.WholeAccount)]
public sealed record StatusReport : AccountFact
{
    public required string ProjectKey { get; init; }

    /// <summary>Last day of the week it reports on.</summary>
    public required DateOnly WeekEnding { get; init; }

    /// <summary>The schedule it was written against; a report without one does not keep the commitment.</summary>
    public string? ScheduleVersion { get; init; }

    public string? OnTime { get; init; }
    public string? Delay { get; init; }
    public string? Concern { get; init; }
    public string? StaffKey { get; init; }
}
