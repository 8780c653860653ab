namespace Followthrough.Analytics.Facts;

/// <summary>One scored answer, given at <c>occurred_at</c>. The scale is stored with the score and never converted.</summary>
[StoredAs("survey_response", Reach.WholeAccount)]
public sealed record SurveyResponse : AccountFact
{
    public string? InvitationKey { get; init; }
    public string? ContactKey { get; init; }
    public string? ProjectKey { get; init; }

    /// <summary>Who was responsible when it was given; a snapshot by the source.</summary>
    public string? StaffKey { get; init; }

    /// <summary>Evidence class; classes are never pooled.</summary>
    public required SurveySource Source { get; init; }

    public required SurveyMeasure Measure { get; init; }
    public required decimal Score { get; init; }
    public required decimal ScaleMin { get; init; }
    public required decimal ScaleMax { get; init; }
    public string? Comment { get; init; }
    public SurveyOccasion? Occasion { get; init; }
}

/// <summary>Where a score comes from.</summary>
public enum SurveySource { Own, ThirdParty, MysteryShop, Observation }

/// <summary>What a score measures.</summary>
public enum SurveyMeasure { Nps, Csat, Ces }
