namespace Followthrough.Analytics.Facts;

/// <summary>The account's survey calendar: how often it is asked with an instrument during [<c>occurred_at</c>, <c>ended_at</c>).</summary>
[StoredAs("survey_schedule", Reach.FromOccurrence)]
public sealed record SurveySchedule : AccountFact
{
    /// <summary>Who is to be asked; null when anybody of the account may be.</summary>
    public string? ContactKey { get; init; }

    /// <summary>Name and version of the questionnaire.</summary>
    public required string Instrument { get; init; }

    /// <summary>Length of one slot in days; the first begins with the schedule.</summary>
    public required int IntervalDays { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}
