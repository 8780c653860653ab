using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>Findings of audits: answered by who owns them, closed by who audits. Others see what is theirs or their teams', and no more.</summary>
internal static class FindingsEndpoint
{
    internal static void MapFindings(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(AuditPath.Findings, async (PageFrame frame, HttpContext http, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct) =>
            await ReadAsync(frame, http, db, clock, ct) is var model && model.Frame.Problems.Count == 0
                ? Screen.Of<FindingsPage>(model)
                : Screen.Of<BadAddressPage>(model.Frame, StatusCodes.Status400BadRequest));
        pages.MapGet(AuditPath.Findings + ".csv", SendAsync);
        pages.MapGet(AuditPath.OfFinding, async (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, long id, CancellationToken ct) =>
            await new FindingReader(db, clock).FindAsync(frame.Viewer, id, ct) is { } finding ? await ShowAsync(frame, db, finding, null, ct) : Results.NotFound());
        pages.MapPost(AuditPath.OfFinding + "/answer", (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, AuditActs acts, long id, [FromForm] string? words, CancellationToken ct) =>
            DoAsync(frame, db, clock, id, finding => finding.Owner == frame.Who.StaffKey, finding => acts.AnswerAsync(frame.Who, frame.Company, finding, words, ct), ct));
        pages.MapPost(AuditPath.OfFinding + "/back", (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, AuditActs acts, long id, [FromForm] string? words, CancellationToken ct) =>
            DoAsync(frame, db, clock, id, finding => finding.Auditor == frame.Who.StaffKey, finding => acts.SendBackAsync(frame.Who, frame.Company, finding, words, ct), ct)).Needs(Right.Audit);
        pages.MapPost(AuditPath.OfFinding + "/close", (PageFrame frame, NpgsqlDataSource db, TimeProvider clock, AuditActs acts, long id, [FromForm] string? words, CancellationToken ct) =>
            DoAsync(frame, db, clock, id, finding => finding.Auditor == frame.Who.StaffKey, finding => acts.CloseAsync(frame.Who, frame.Company, finding, words, ct), ct)).Needs(Right.Audit);
    }

    private static async Task<IResult> DoAsync(
        PageFrame frame, NpgsqlDataSource db, TimeProvider clock, long id, Func<AuditFinding, bool> may, Func<AuditFinding, Task> act, CancellationToken ct)
    {
        if (await new FindingReader(db, clock).FindAsync(frame.Viewer, id, ct) is not { } finding || !may(finding)) return Results.NotFound();
        try
        {
            await act(finding);
            return Results.LocalRedirect(frame.Query.Carry(AuditPath.Finding(id)));
        }
        catch (AuditException refused)
        {
            return await ShowAsync(frame, db, finding, refused.Message, ct);
        }
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, AuditFinding finding, string? problem, CancellationToken ct) => Screen.Of<FindingPage>(
        new FindingModel(frame, finding, [.. (await AuditSteps.OfAsync(db, finding.Case, ct)).Where(step => step.Finding == finding.Id)], problem),
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> SendAsync(PageFrame asked, HttpContext http, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct)
    {
        var model = await ReadAsync(asked, http, db, clock, ct);
        if (model.Frame.Problems.Count > 0) return Screen.Of<BadAddressPage>(model.Frame, StatusCodes.Status400BadRequest);
        var stamp = new ExportStamp("audit-findings", model.Frame.Company.Name, model.Frame.Query, RowsDefinition.Of(MetricCatalogue.Find("project_audit")!), model.Shown.Count, model.Frame.Now);
        return await Export.SendAsync(http, model.Frame, stamp, new CsvFile(), AuditColumns.Findings(model.Frame.Now), model.Shown.ToAsyncEnumerable(), ct) ?? Results.Empty;
    }

    private static async Task<FindingsModel> ReadAsync(PageFrame asked, HttpContext http, NpgsqlDataSource db, TimeProvider clock, CancellationToken ct)
    {
        var (filter, frame) = FindingFilter.Read(asked, http.Request.Query);
        return new FindingsModel(frame, filter, await new FindingReader(db, clock).AllAsync(frame.Viewer, ct));
    }
}
