namespace Followthrough.Analytics.Metrics;

/// <summary>Metrics about being there when a customer needs us: missed calls and issues.</summary>
internal static class CatalogueService
{
    private static readonly CommitmentMetric CallBack1H = new()
    {
        Id = "call_back_1h",
        Name = "Called back within a business hour",
        Kind = "call_back",
        Opens = "call was missed",
        Fulfilled = "returned",
        InWords = "A customer who called and reached nobody is called back within one hour of the promised business hours. Getting through, a voicemail "
            + "we leave, or a message on the channel the person asked for returns the call. A customer who has to call again and then gets through "
            + "was not called back by us and counts as missed.",
        Formula = "kept / (kept + missed), for episodes of missed calls opened in the period; kept when returned within one open hour of the end of the "
            + "first missed call, elapsed time where no calendar is promised; calls that cannot be returned are excluded and shown",
        Source = "Client relations: return calls as soon as possible",
        Target = 0.8,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly CommitmentMetric AcknowledgeIssue = new()
    {
        Id = "acknowledge_issue",
        Name = "Issues acknowledged in time",
        Kind = "acknowledge_issue",
        Opens = "issue was raised",
        Fulfilled = "acknowledged",
        InWords = "Who raises an issue hears from a person of ours within the time of its priority: 1 hour when urgent, 4 when high, 24 when normal, "
            + "48 when low. An automatic receipt is no answer.",
        Formula = "kept / (kept + missed), for issues raised in the period; kept when our first human answer to the person or in the thread came within the "
            + "hours of the priority, elapsed time",
        Source = "Twelve win-falls for prompt follow-up: let the customer know at once that somebody is on it",
        Target = 0.9,
        MinimumN = 10,
        Version = 1,
    };

    private static readonly CommitmentMetric ResolveIssue = new()
    {
        Id = "resolve_issue",
        Name = "Issues resolved in time, for good",
        Kind = "resolve_issue",
        Opens = "issue was raised",
        Fulfilled = "resolved",
        InWords = "An issue is resolved within the time of its priority: 8 hours when urgent, 24 when high, 5 days when normal, 10 days when low. "
            + "A resolution that does not hold for seven days was none.",
        Formula = "kept / (kept + missed), for issues raised in the period; kept when the first resolution that was not undone within 7 days came within the "
            + "hours of the priority, elapsed time; a resolution younger than 7 days is provisional",
        Source = "Follow up or lose them: a problem solved quickly and for good keeps the customer",
        Target = 0.9,
        MinimumN = 10,
        Version = 1,
    };

    public static IReadOnlyList<CommitmentMetric> All { get; } = [CallBack1H, AcknowledgeIssue, ResolveIssue];
}
