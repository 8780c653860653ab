using Followthrough.Analytics.Facts;

namespace Followthrough.Tests.Support;

/// <summary>Facts about surveys, with only what a test is about; in March 2026 unless said otherwise.</summary>
internal static class GivenSurvey
{
    private static int _keys;

    /// <summary>An answer to our own survey on its usual scale.</summary>
    internal static SurveyResponse Answer(string account, SurveyMeasure measure, decimal score, string? invitation = null) => new()
    {
        SourceKey = $"survey:R{Interlocked.Increment(ref _keys):D6}",
        Account = account,
        OccurredAt = Given.At("2026-03-12T08:00Z"),
        Source = SurveySource.Own,
        Measure = measure,
        Score = score,
        ScaleMin = measure == SurveyMeasure.Nps ? 0 : 1,
        ScaleMax = measure switch { SurveyMeasure.Nps => 10, SurveyMeasure.Csat => 5, _ => 7 },
        InvitationKey = invitation,
    };

    /// <summary>Would you recommend us, asked by the calendar.</summary>
    internal static SurveyResponse Nps(string account, int score) => Answer(account, SurveyMeasure.Nps, score) with { Occasion = SurveyOccasion.Relational };

    internal static SurveyInvitation Invitation(string account, string key, bool delivered = false) => new()
    {
        SourceKey = key,
        Account = account,
        OccurredAt = Given.At("2026-03-10T08:00Z"),
        Instrument = "service v1",
        Occasion = SurveyOccasion.Transactional,
        DeliveredAt = delivered ? Given.At("2026-03-10T08:01Z") : null,
    };
}
