using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Audits.Report;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>What project audits came to, in a sentence or two.</summary>
public sealed class ProjectWordsTests
{
    [Fact]
    public void A_quarter_without_projects_says_so() =>
        Assert.Equal("No project is owed an audit of this quarter yet: they are, once it is over, if any ran in it.", ProjectWords.Of([], []));

    [Fact]
    public void What_waits_is_said_and_what_need_not_be_audited_is_left_out() => Assert.Equal(
        "Of three projects, two are signed off by another unit than the one that does the work; one is not, 33.3 % of them. Two things were found that have to be put right, one of them grave; one is closed.",
        ProjectWords.Of([Project(signed: true), Project(signed: true), Project(signed: false), Project(signed: false, excused: "never began")], [Finding(Severity.High, closed: false), Finding(Severity.Low, closed: true)]));

    [Fact]
    public void All_done_and_nothing_found_is_short() => Assert.Equal(
        "Both projects that were owed an audit have one, signed off by another unit than the one that does the work. Nothing was found that has to be put right.",
        ProjectWords.Of([Project(signed: true), Project(signed: true)], []));

    private static AuditedProject Project(bool signed, string? excused = null) => new()
    {
        Account = "crm:acme",
        AccountName = "Acme",
        CommitmentKey = "p",
        Project = "p",
        ProjectName = "Chiller",
        Manager = null,
        ManagerName = null,
        TeamName = null,
        Unit = "Projects",
        Quarter = new DateOnly(2026, 6, 30),
        OpenedAt = Given.At("2026-07-01T00:00Z"),
        DueAt = Given.At("2026-07-31T00:00Z"),
        KeptAt = null,
        Excused = excused,
        Case = null,
        Elsewhere = signed ? new AuditElsewhere("a", "hr:S9", "Nine", "Service", Given.At("2026-07-02T00:00Z"), Given.At("2026-07-03T00:00Z"), "sound", null, Keeps: true) : null,
        Work = new AuditedWork(null, null, null, null, null, null, null),
    };

    private static AuditFinding Finding(Severity severity, bool closed) => new()
    {
        Id = 1,
        Case = 1,
        Account = "crm:acme",
        AccountName = "Acme",
        CommitmentKey = "p",
        Project = "p",
        ProjectName = "Chiller",
        Quarter = new DateOnly(2026, 6, 30),
        Auditor = "hr:S9",
        AuditorName = "Nine",
        Source = null,
        Severity = severity,
        Words = "no acceptance on file",
        Owner = "hr:S1",
        OwnerName = "One",
        DueOn = new DateOnly(2026, 8, 1),
        DueAt = Given.At("2026-08-01T23:59Z"),
        RaisedAt = Given.At("2026-07-02T00:00Z"),
        RaisedBy = "nine",
        Answer = null,
        Closing = closed ? new FindingWords("it is there now", Given.At("2026-07-05T00:00Z"), "nine") : null,
    };
}
