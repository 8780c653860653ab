using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Compensation;

/// <summary>How a dispute stands and what follows, in words; the same on the statement, on My pay and on its own page.</summary>
internal static class DisputeWording
{
    /// <summary>Who decides, for those who may not.</summary>
    internal static string Deciders { get; } = $"It is decided by somebody who may approve pay ({string.Join(" or ", Rights.RolesWith(Right.ApprovePay))}), and neither prepared the run nor raised it nor is paid by the statement.";

    /// <summary>The line it is about.</summary>
    internal static string Line(PayDispute dispute) => dispute.Component is null ? "the whole statement"
        : dispute.Metric is { } metric && MetricCatalogue.Find(metric) is { } found ? found.Name : PayWording.Id(dispute.Component);

    /// <summary>In a word or two.</summary>
    internal static string Stands(PayDispute dispute) => dispute switch
    {
        { Accepted: true } => "accepted",
        { Accepted: false } => "not accepted",
        { AnsweredAt: not null } => "answered, not decided",
        _ => "waits for an answer",
    };

    /// <summary>What was decided, by whom and why; the latest answer before there is a decision.</summary>
    internal static string Decided(PayDispute dispute, TimeZoneInfo zone) => dispute switch
    {
        { Accepted: true } => $"Accepted with {PayWording.Signed(dispute.Amount!.Value, dispute.Currency)} by {dispute.DecidedBy}, {Moments.Short(dispute.DecidedAt!.Value, zone)}: “{dispute.Decision}”.",
        { Accepted: false } => $"Not accepted by {dispute.DecidedBy}, {Moments.Short(dispute.DecidedAt!.Value, zone)}: “{dispute.Decision}”.",
        { AnsweredAt: { } at } => $"Answered by {dispute.AnsweredBy}, {Moments.Short(at, zone)}; not decided yet.",
        _ => $"Waits for an answer, promised by {Moments.Short(dispute.AnswerDueAt, zone)}.",
    };

    /// <summary>What comes of an accepted one; null for any other.</summary>
    internal static string? Follows(PayDispute dispute) => dispute switch
    {
        { Accepted: not true } => null,
        { PaidPeriod: { } period, IsPaid: true } => $"It was paid with the statement of {PeriodNames.Name(PayHomePage.PeriodOf(period))}.",
        { PaidPeriod: { } period } => $"It is a line of the run of {PeriodNames.Name(PayHomePage.PeriodOf(period))}, which is not approved yet.",
        _ => $"It becomes a line of the next run of the plan, that of {PeriodNames.Name(PayHomePage.NextAfter(dispute.Period, dispute.NextFrom))}.",
    };
}
