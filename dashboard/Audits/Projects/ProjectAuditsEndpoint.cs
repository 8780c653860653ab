using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>Every project that is owed an audit of a quarter, how far each is, and who is to do those nobody does.</summary>
internal static class ProjectAuditsEndpoint
{
    internal static void MapProjectAudits(this IEndpointRouteBuilder pages)
    {
        var audits = pages.MapGroup("").Needs(Right.Audit);
        audits.MapGet(AuditPath.OfQuarter, async (PageFrame frame, HttpContext http, NpgsqlDataSource db, TimeProvider clock, string quarter, CancellationToken cancellation) =>
            await ReadAsync(frame, http, db, clock, quarter, cancellation) is { } model ? Show(model) : Results.NotFound());
        audits.MapGet(AuditPath.OfQuarter + ".csv", SendAsync);
        audits.MapPost(AuditPath.OfQuarter + "/assign", AssignAllAsync);
        audits.MapWorkspace();
        pages.MapFindings();
    }

    private static IResult Show(ProjectAuditsModel model) => model.Frame.Problems.Count > 0
        ? Screen.Of<BadAddressPage>(model.Frame, StatusCodes.Status400BadRequest)
        : Screen.Of<ProjectAuditsPage>(model, model.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> AssignAllAsync(
        PageFrame frame, HttpContext http, NpgsqlDataSource db, TimeProvider clock, AuditActs acts, string quarter, [FromForm] string? confirm, CancellationToken cancellation)
    {
        _ = confirm;
        if (await ReadAsync(frame, http, db, clock, quarter, cancellation) is not { } model) return Results.NotFound();
        if (model.Frame.Problems.Count > 0) return Show(model);
        try
        {
            await acts.AssignAllAsync(frame.Who, frame.Company, model.All, model.Filter, cancellation);
            // They are open no more: what was narrowed to those shows what became of them.
            return Results.LocalRedirect(model.To(("state", null)));
        }
        catch (AuditException refused)
        {
            return Show(model with { Problem = refused.Message });
        }
    }

    private static async Task<IResult> SendAsync(PageFrame asked, HttpContext http, NpgsqlDataSource db, TimeProvider clock, string quarter, CancellationToken cancellation)
    {
        if (await ReadAsync(asked, http, db, clock, quarter, cancellation) is not { } model) return Results.NotFound();
        if (model.Frame.Problems.Count > 0) return Screen.Of<BadAddressPage>(model.Frame, StatusCodes.Status400BadRequest);
        var frame = model.Frame with { Query = model.Frame.Query with { Period = model.Asked } };
        var stamp = new ExportStamp("project-audits", frame.Company.Name, frame.Query, RowsDefinition.Of(MetricCatalogue.Find("project_audit")!), model.Shown.Count, frame.Now);
        return await Export.SendAsync(http, frame, stamp, new CsvFile(), AuditColumns.Projects, model.Shown.ToAsyncEnumerable(), cancellation) ?? Results.Empty;
    }

    // Null for what is no quarter of the company.
    private static async Task<ProjectAuditsModel?> ReadAsync(PageFrame asked, HttpContext http, NpgsqlDataSource db, TimeProvider clock, string quarter, CancellationToken ct)
    {
        if (QuarterReader.PeriodOf(asked, quarter) is not { } period) return null;
        var (filter, frame) = AuditFilter.Read(asked, http.Request.Query);
        await using var connection = await db.OpenConnectionAsync(ct);
        return new ProjectAuditsModel
        {
            Frame = frame,
            Asked = period,
            Quarter = AuditQuarter.Of(period),
            Filter = filter,
            All = await new ProjectAuditReader(db).ReadAsync(period, ct),
            Auditors = (await AuditCandidates.AllAsync(connection, Rights.RolesWith(Right.Audit), clock.GetUtcNow(), ct)).Count,
        };
    }
}
