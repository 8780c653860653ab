using Followthrough.Analytics.Editions;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Api;
using Followthrough.Dashboard.Hooks;
using Npgsql;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>Answers what programs ask of project audits, and does what they ask for. What is another's looks absent.</summary>
internal sealed class AuditCalls(NpgsqlDataSource db, TimeProvider clock, WorkspaceReader workspace, AuditActs acts)
{
    internal async Task<IResult> QuarterAsync(ApiRequest request, string quarter, CancellationToken ct) =>
        QuarterReader.PeriodOf(request.Company, await EditionList.ReadAsync(db, ct), quarter) is { } period
            ? Paged.All(request, [.. (await new ProjectAuditReader(db).ReadAsync(period, ct)).Select(ProjectAuditAnswer.Of)], project => $"{project.Account}/{project.Key}")
            : Results.NotFound();

    internal async Task<IResult> ProjectAsync(ApiRequest request, string account, string key, CancellationToken ct) =>
        await workspace.FindAsync(account, key, ct) is { } project ? Results.Ok(await DetailAsync(request, project, ct)) : Results.NotFound();

    internal async Task<IResult> FindingsAsync(ApiRequest request, CancellationToken ct) =>
        Paged.All(request, [.. (await Findings.AllAsync(request.Who.Viewer, ct)).Select(finding => FindingAnswer.Of(finding, request.Now))], finding => $"{finding.Id}");

    internal async Task<IResult> FindingAsync(ApiRequest request, long id, CancellationToken ct) =>
        await Findings.FindAsync(request.Who.Viewer, id, ct) is { } finding ? Results.Ok(FindingAnswer.Of(finding, request.Now)) : Results.NotFound();

    internal Task<IResult> AssignAsync(ApiRequest request, string account, string key, AuditorAsked asked, CancellationToken ct) =>
        DoAsync(request, account, key, _ => true, project => acts.AssignAsync(request.Who, request.Company, project, asked.Auditor ?? "", ct), ct);

    internal Task<IResult> JudgeAsync(ApiRequest request, string account, string key, VerdictAsked asked, CancellationToken ct) =>
        DoAsync(request, account, key, IsOf(request), project => acts.JudgeAsync(request.Who, request.Company, project, asked.Item, asked.Verdict, asked.Words, ct), ct);

    internal Task<IResult> RaiseAsync(ApiRequest request, string account, string key, FindingAsked asked, CancellationToken ct) =>
        DoAsync(request, account, key, IsOf(request), project => acts.RaiseAsync(request.Who, request.Company, project, asked.Found(), ct), ct);

    internal Task<IResult> SignAsync(ApiRequest request, string account, string key, WordsAsked asked, CancellationToken ct) =>
        DoAsync(request, account, key, IsOf(request), project => acts.SignAsync(request.Who, request.Company, project, asked.Words, ct), ct);

    internal Task<IResult> ReopenAsync(ApiRequest request, string account, string key, WordsAsked asked, CancellationToken ct) =>
        DoAsync(request, account, key, project => project.Case is not null && (request.Who.May(Right.Close) || IsOf(request)(project)),
            project => acts.ReopenAsync(request.Who, request.Company, project, asked.Words, ct), ct);

    internal Task<IResult> AnswerAsync(ApiRequest request, long id, WordsAsked asked, CancellationToken ct) =>
        DoAsync(request, id, finding => finding.Owner, finding => acts.AnswerAsync(request.Who, request.Company, finding, asked.Words, ct), ct);

    internal Task<IResult> SendBackAsync(ApiRequest request, long id, WordsAsked asked, CancellationToken ct) =>
        DoAsync(request, id, finding => finding.Auditor, finding => acts.SendBackAsync(request.Who, request.Company, finding, asked.Words, ct), ct);

    internal Task<IResult> CloseAsync(ApiRequest request, long id, WordsAsked asked, CancellationToken ct) =>
        DoAsync(request, id, finding => finding.Auditor, finding => acts.CloseAsync(request.Who, request.Company, finding, asked.Words, ct), ct);

    private FindingReader Findings => new(db, clock);

    private static Func<AuditedProject, bool> IsOf(ApiRequest request) => project => project.IsAuditedBy(request.Who.StaffKey);

    private async Task<IResult> DoAsync(ApiRequest request, string account, string key, Func<AuditedProject, bool> may, Func<AuditedProject, Task> act, CancellationToken ct)
    {
        if (await workspace.FindAsync(account, key, ct) is not { } project || !may(project)) return Results.NotFound();
        return await RefusedAsync(() => act(project)) ?? await ProjectAsync(request, account, key, ct);
    }

    private async Task<IResult> DoAsync(ApiRequest request, long id, Func<AuditFinding, string> by, Func<AuditFinding, Task> act, CancellationToken ct)
    {
        if (await Findings.FindAsync(request.Who.Viewer, id, ct) is not { } finding || by(finding) != request.Who.StaffKey) return Results.NotFound();
        return await RefusedAsync(() => act(finding)) ?? await FindingAsync(request, id, ct);
    }

    // Why it was not done; null when it was.
    private static async Task<IResult?> RefusedAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (AuditException refused)
        {
            return Problem.Of(StatusCodes.Status409Conflict, "It was not done", refused.Message);
        }
    }

    private async Task<ProjectAuditDetail> DetailAsync(ApiRequest request, AuditedProject project, CancellationToken ct) => ProjectAuditDetail.Of(
        project,
        await workspace.ChoicesAsync(request.Company, project, request.Now, ct),
        [.. (await SampledItem.ReadAsync(db, project, request.Now, ct)).Select(sampled => sampled.Item)],
        project.Case is { } audit ? await Findings.OfCaseAsync(request.Who.Viewer, audit.Id, ct) : [],
        request.Now);
}
