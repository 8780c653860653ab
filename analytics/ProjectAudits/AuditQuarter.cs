using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Projects are audited by calendar quarter, whatever the company's fiscal year.</summary>
internal static class AuditQuarter
{
    /// <summary>The calendar quarter whose audits belong to a period: itself, or the last that was over when a fiscal one was.</summary>
    public static Period Of(Period period) => Period.QuarterOf(period.End).Prior()!;

    /// <summary>The calendar quarter that ends on a day.</summary>
    public static Period Ending(DateOnly lastDay) => Period.QuarterOf(lastDay);
}
