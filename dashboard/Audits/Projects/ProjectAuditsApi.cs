using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Api;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>Project audits and their findings, for programs: what the pages show and do for the same viewer, by the same rules.</summary>
internal static class ProjectAuditsApi
{
    private const string OfQuarter = AuditsEndpoint.Path + "/{quarter}/projects";

    internal static void MapProjectAuditsApi(this IEndpointRouteBuilder api)
    {
        var audits = api.MapGroup("").Needs(Right.Audit);
        audits.MapGet(OfQuarter, (ApiRequest request, AuditCalls calls, string quarter, CancellationToken ct) => calls.QuarterAsync(request, quarter, ct))
            .Reads<Listing<ProjectAuditAnswer>>("Projects that are owed an audit of a quarter", ApiParameter.Paging);
        audits.MapGet(AuditPath.OfProject, (ApiRequest request, AuditCalls calls, string account, string key, CancellationToken ct) => calls.ProjectAsync(request, account, key, ct))
            .Reads<ProjectAuditDetail>("A project's audit: who could do it, what was drawn, what was found");
        audits.MapPost(AuditPath.OfProject + "/assign", (ApiRequest request, AuditCalls calls, string account, string key, [FromBody] AuditorAsked asked, CancellationToken ct) => calls.AssignAsync(request, account, key, asked, ct))
            .Does<ProjectAuditDetail>("Gives a project to an auditor of another unit");
        audits.MapPost(AuditPath.OfProject + "/items", (ApiRequest request, AuditCalls calls, string account, string key, [FromBody] VerdictAsked asked, CancellationToken ct) => calls.JudgeAsync(request, account, key, asked, ct))
            .Does<ProjectAuditDetail>("Says of a drawn item whether it is as it should be");
        audits.MapPost(AuditPath.OfProject + "/findings", (ApiRequest request, AuditCalls calls, string account, string key, [FromBody] FindingAsked asked, CancellationToken ct) => calls.RaiseAsync(request, account, key, asked, ct))
            .Does<ProjectAuditDetail>("Raises a finding, which its owner owes by its date");
        audits.MapPost(AuditPath.OfProject + "/sign", (ApiRequest request, AuditCalls calls, string account, string key, [FromBody] WordsAsked asked, CancellationToken ct) => calls.SignAsync(request, account, key, asked, ct))
            .Does<ProjectAuditDetail>("Signs a project's audit off");
        audits.MapPost(AuditPath.OfProject + "/reopen", (ApiRequest request, AuditCalls calls, string account, string key, [FromBody] WordsAsked asked, CancellationToken ct) => calls.ReopenAsync(request, account, key, asked, ct))
            .Does<ProjectAuditDetail>("Takes a sign-off back");
        api.MapFindingsApi();
    }

    private static void MapFindingsApi(this IEndpointRouteBuilder api)
    {
        api.MapGet(AuditPath.Findings, (ApiRequest request, AuditCalls calls, CancellationToken ct) => calls.FindingsAsync(request, ct))
            .Reads<Listing<FindingAnswer>>("Findings of audits that the viewer may see", ApiParameter.Paging);
        api.MapGet(AuditPath.OfFinding, (ApiRequest request, AuditCalls calls, long id, CancellationToken ct) => calls.FindingAsync(request, id, ct))
            .Reads<FindingAnswer>("A finding");
        api.MapPost(AuditPath.OfFinding + "/answer", (ApiRequest request, AuditCalls calls, long id, [FromBody] WordsAsked asked, CancellationToken ct) => calls.AnswerAsync(request, id, asked, ct))
            .Does<FindingAnswer>("Says what was done about a finding, as its owner");
        api.MapPost(AuditPath.OfFinding + "/back", (ApiRequest request, AuditCalls calls, long id, [FromBody] WordsAsked asked, CancellationToken ct) => calls.SendBackAsync(request, id, asked, ct))
            .Needs(Right.Audit).Does<FindingAnswer>("Asks a finding's owner again, as its auditor");
        api.MapPost(AuditPath.OfFinding + "/close", (ApiRequest request, AuditCalls calls, long id, [FromBody] WordsAsked asked, CancellationToken ct) => calls.CloseAsync(request, id, asked, ct))
            .Needs(Right.Audit).Does<FindingAnswer>("Closes a finding that was put right, as its auditor");
    }

    private static void Reads<T>(this RouteHandlerBuilder endpoint, string summary, params IReadOnlyList<ApiParameter> parameters) =>
        endpoint.Takes(parameters).WithMetadata(new Untagged()).Gives<T>(summary);

    private static void Does<T>(this RouteHandlerBuilder endpoint, string summary) => endpoint
        .AddEndpointFilter(async (call, next) => TokenScopes.Refusal(call.HttpContext, TokenScope.Audit) ?? await next(call)).Changes<T>(summary);
}
