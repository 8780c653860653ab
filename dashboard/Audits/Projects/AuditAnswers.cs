using System.Text.Json.Serialization;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Api;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>Who is to audit, by staff key.</summary>
internal sealed record AuditorAsked(string? Auditor);

/// <summary>What an auditor says of a drawn item; the words are needed for an exception.</summary>
internal sealed record VerdictAsked([property: JsonRequired] long Item, [property: JsonRequired] AuditVerdict Verdict, string? Words);

/// <summary>What was found: by which drawn item (null for the project as a whole), how bad, in words, who puts it right (staff key) and by which day.</summary>
internal sealed record FindingAsked(long? Item, [property: JsonRequired] Severity Severity, string? Words, string? Owner, DateOnly? Due)
{
    internal NewFinding Found() => new(Item, Severity, Words, Owner, Due);
}

/// <summary>What is said with a step.</summary>
internal sealed record WordsAsked(string? Words);

/// <summary>A project that is owed an audit of a quarter, and how far it is.</summary>
/// <param name="Account">Source key of the customer.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Key">With the account, the commitment that the audit keeps.</param>
/// <param name="Project">Source key of the project.</param>
/// <param name="ProjectName">Its name.</param>
/// <param name="Address">Of the audit here, without host.</param>
/// <param name="Manager">Staff key of the project manager; null when nobody is.</param>
/// <param name="Unit">The unit that does the work; null when not known.</param>
/// <param name="State">open, assigned, reviewed or signed_off.</param>
/// <param name="DueAt">By when another unit has to have signed off.</param>
/// <param name="Auditor">Staff key; null while nobody audits it.</param>
/// <param name="Items">Drawn for a closer look; null while nobody audits it here.</param>
/// <param name="Judged">Of them, looked at; null as well then.</param>
/// <param name="Findings">Raised; null as well then.</param>
/// <param name="OpenFindings">Of them, not closed; null as well then.</param>
/// <param name="SignedOffAt">Null until it is.</param>
/// <param name="Rating">Null until it is signed off.</param>
/// <param name="Summary">The auditor's words; null until it is signed off.</param>
/// <param name="Excused">Why it need not be audited; null for the rest.</param>
internal sealed record ProjectAuditAnswer(
    string Account, string AccountName, string Key, string Project, string ProjectName, string Address, string? Manager, string? Unit, AuditState State,
    DateTimeOffset DueAt, string? Auditor, long? Items, long? Judged, long? Findings, long? OpenFindings, DateTimeOffset? SignedOffAt, string? Rating, string? Summary, string? Excused)
{
    internal static ProjectAuditAnswer Of(AuditedProject project) => new(
        project.Account, project.AccountName, project.CommitmentKey, project.Project, project.ProjectName,
        ApiEndpoint.Path + AuditPath.Project(project), project.Manager, project.Unit, project.State, project.DueAt, project.Auditor,
        project.Case?.Items, project.Case?.Judged, project.Case?.Findings, project.Case?.OpenFindings, project.SignedOffAt, project.Rating, project.Summary, project.Excused);
}

/// <summary>A project's audit with all that belongs to it.</summary>
/// <param name="Audit">How far it is.</param>
/// <param name="Seed">What the sample was drawn by; null while nobody audits it here.</param>
/// <param name="Candidates">Who could audit it, the independent first.</param>
/// <param name="Sample">What was drawn, in the order of the draw.</param>
/// <param name="Findings">What was found.</param>
internal sealed record ProjectAuditDetail(
    ProjectAuditAnswer Audit, string? Seed, IReadOnlyList<CandidateAnswer> Candidates, IReadOnlyList<SampleAnswer> Sample, IReadOnlyList<FindingAnswer> Findings)
{
    internal static ProjectAuditDetail Of(
        AuditedProject project, IReadOnlyList<AuditorChoice> choices, IReadOnlyList<AuditItem> items, IReadOnlyList<AuditFinding> findings, DateTimeOffset now) => new(
        ProjectAuditAnswer.Of(project), project.Case?.Seed,
        [.. choices.Select(choice => new CandidateAnswer(choice.Who.Staff, choice.Who.Name, choice.Who.Unit, choice.Against))],
        [.. items.Select(item => new SampleAnswer(item.Id, item.Sort, item.Place, item.Kind, item.Key, item.At, item.Verdict, item.Words, item.JudgedAt, item.JudgedBy))],
        [.. findings.Select(finding => FindingAnswer.Of(finding, now))]);
}

/// <summary>Somebody who could audit; <paramref name="Against"/> says what stands against him, nothing where he is independent.</summary>
internal sealed record CandidateAnswer(string Staff, string Name, string? Unit, IReadOnlyList<string> Against);

/// <summary>A drawn communication or commitment; the verdict is null until somebody has looked at it.</summary>
internal sealed record SampleAnswer(
    long Item, AuditItemSort Sort, int Place, string? Kind, string Key, DateTimeOffset At, AuditVerdict? Verdict, string? Words, DateTimeOffset? JudgedAt, string? JudgedBy);

/// <summary>Something an audit found that has to be put right.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Account">Source key of the customer.</param>
/// <param name="Project">Source key of the project.</param>
/// <param name="Quarter">Last day of the quarter that was audited.</param>
/// <param name="Severity">low, medium or high.</param>
/// <param name="State">open, answered or closed.</param>
/// <param name="Words">What is wrong.</param>
/// <param name="Owner">Staff key of who has to put it right.</param>
/// <param name="Auditor">Staff key of who looks whether it is.</param>
/// <param name="DueOn">By the end of which day of the company's zone.</param>
/// <param name="Overdue">Whether nothing was said by then, or what was said was not enough.</param>
/// <param name="RaisedAt">When.</param>
/// <param name="Answer">What the owner says was done; null until then.</param>
/// <param name="AnsweredAt">Null as well then.</param>
/// <param name="Closing">What the auditor saw; null until it is closed.</param>
/// <param name="ClosedAt">Null as well then.</param>
internal sealed record FindingAnswer(
    long Id, string Account, string Project, DateOnly Quarter, Severity Severity, FindingState State, string Words, string Owner, string Auditor, DateOnly DueOn,
    bool Overdue, DateTimeOffset RaisedAt, string? Answer, DateTimeOffset? AnsweredAt, string? Closing, DateTimeOffset? ClosedAt)
{
    internal static FindingAnswer Of(AuditFinding finding, DateTimeOffset now) => new(
        finding.Id, finding.Account, finding.Project, finding.Quarter, finding.Severity, finding.State, finding.Words, finding.Owner, finding.Auditor, finding.DueOn,
        finding.IsOverdue(now), finding.RaisedAt, finding.Answer?.Text, finding.Answer?.At, finding.Closing?.Text, finding.Closing?.At);
}
