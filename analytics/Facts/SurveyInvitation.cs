namespace Followthrough.Analytics.Facts;

/// <summary>We asked somebody for an opinion at <c>occurred_at</c>.</summary>
[StoredAs("survey_invitation", Reach.WholeAccount)]
public sealed record SurveyInvitation : AccountFact
{
    public string? ContactKey { get; init; }
    public string? ProjectKey { get; init; }

    /// <summary>Name and version of the questionnaire.</summary>
    public required string Instrument { get; init; }

    public required SurveyOccasion Occasion { get; init; }

    /// <summary>The event a transactional survey is about.</summary>
    public string? EventKey { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Taken out of the response rate: wrong address, left the company.</summary>
    public bool Ineligible { get; init; }
}

/// <summary>After an event, or on a fixed calendar: two different metrics.</summary>
public enum SurveyOccasion { Transactional, Relational }
