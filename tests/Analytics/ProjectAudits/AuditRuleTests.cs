using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.ProjectAudits;

/// <summary>What an audit comes to, when a finding is late, and which quarter a fiscal one audits.</summary>
public sealed class AuditRuleTests
{
    private static readonly DateTimeOffset Due = Given.At("2026-06-20T23:59:59Z");

    [Theory]
    [InlineData(0, 0, "sound")]
    [InlineData(2, 0, "minor findings")]
    [InlineData(2, 1, "major findings")]
    public void The_rating_follows_from_the_findings(long findings, long high, string rating) => Assert.Equal(rating, AuditRating.Of(findings, high));

    [Theory]
    [InlineData(null, null, "2026-06-20T23:59:59Z", FindingState.Open, false)]
    [InlineData(null, null, "2026-06-21T00:00Z", FindingState.Open, true)]
    [InlineData("2026-06-20T12:00Z", null, "2026-07-30T00:00Z", FindingState.Answered, false)]
    [InlineData("2026-06-21T12:00Z", null, "2026-07-30T00:00Z", FindingState.Answered, true)]
    [InlineData("2026-06-20T12:00Z", "2026-07-01T00:00Z", "2026-07-30T00:00Z", FindingState.Closed, false)]
    [InlineData(null, "2026-07-01T00:00Z", "2026-07-30T00:00Z", FindingState.Closed, true)]
    public void The_owners_answer_stops_his_clock_and_the_auditors_time_is_not_his(string? answered, string? closed, string now, FindingState state, bool overdue)
    {
        var finding = Finding(answered, closed);
        Assert.Equal((state, overdue), (finding.State, finding.IsOverdue(Given.At(now))));
        Assert.Equal(closed is null ? null : Given.At(answered ?? closed), finding.DoneAt);
    }

    [Fact]
    public void A_fiscal_quarter_audits_the_last_calendar_quarter_that_was_over_with_it()
    {
        Assert.Equal("2026-Q2", AuditQuarter.Of(Period.QuarterOf(GivenProject.Day("2026-05-05"))).Label);
        var fiscal = new FiscalCalendar(FiscalKind.Shifted, 2, DayOfWeek.Monday).QuarterOf(GivenProject.Day("2026-03-03"));
        Assert.Equal(GivenProject.Day("2026-05-01"), fiscal.End);
        Assert.Equal("2026-Q1", AuditQuarter.Of(fiscal).Label);
    }

    private static AuditFinding Finding(string? answered, string? closed) => new()
    {
        Id = 1,
        Case = 1,
        Account = "A",
        AccountName = "A",
        CommitmentKey = "P/2026-Q1",
        Project = "P",
        ProjectName = "P",
        Quarter = GivenProject.Day("2026-03-31"),
        Auditor = "hr:Kay",
        AuditorName = "Kay",
        Source = null,
        Severity = Severity.Low,
        Words = "late",
        Owner = "hr:Bo",
        OwnerName = "Bo",
        DueOn = GivenProject.Day("2026-06-20"),
        DueAt = Due,
        RaisedAt = Due.AddDays(-10),
        RaisedBy = "kay",
        Answer = answered is null ? null : new FindingWords("done", Given.At(answered), "bo"),
        Closing = closed is null ? null : new FindingWords("seen", Given.At(closed), "kay"),
    };
}
