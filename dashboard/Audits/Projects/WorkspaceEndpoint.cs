using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>One project's audit: who does it, what was drawn, what was seen, what was found, and the sign-off. What is another's looks absent.</summary>
internal static class WorkspaceEndpoint
{
    internal static void MapWorkspace(this IEndpointRouteBuilder audits)
    {
        audits.MapGet(AuditPath.OfProject, async (PageFrame frame, WorkspaceReader reader, string account, string key, CancellationToken ct) =>
            await reader.FindAsync(account, key, ct) is { } project ? Screen.Of<WorkspacePage>(await reader.ReadAsync(frame, project, ct)) : Results.NotFound());
        audits.MapGet(AuditPath.OfProject + "/population.csv", PopulationAsync);
        audits.MapPost(AuditPath.OfProject + "/assign", (PageFrame frame, WorkspaceReader reader, AuditActs acts, string account, string key, [FromForm] string? auditor, CancellationToken ct) =>
            DoAsync(frame, reader, account, key, _ => true, project => acts.AssignAsync(frame.Who, frame.Company, project, auditor ?? "", ct), "assign", ct));
        audits.MapPost(AuditPath.OfProject + "/items", JudgeAsync);
        audits.MapPost(AuditPath.OfProject + "/findings", RaiseAsync);
        audits.MapPost(AuditPath.OfProject + "/sign", (PageFrame frame, WorkspaceReader reader, AuditActs acts, string account, string key, [FromForm] string? summary, CancellationToken ct) =>
            DoAsync(frame, reader, account, key, IsOf(frame), project => acts.SignAsync(frame.Who, frame.Company, project, summary, ct), "sign-off", ct));
        audits.MapPost(AuditPath.OfProject + "/reopen", (PageFrame frame, WorkspaceReader reader, AuditActs acts, string account, string key, [FromForm] string? reason, CancellationToken ct) =>
            DoAsync(frame, reader, account, key, project => project.Case is not null && (frame.Who.May(Right.Close) || IsOf(frame)(project)), project => acts.ReopenAsync(frame.Who, frame.Company, project, reason, ct), "sign-off", ct));
    }

    private static async Task<IResult> PopulationAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, WorkspaceReader reader, string account, string key, CancellationToken ct)
    {
        if (await reader.FindAsync(account, key, ct) is not { Case: { } audit }) return Results.NotFound();
        var rows = await AuditItems.PopulationAsync(db, audit, ct);
        var definition = new RowsDefinition("sample", "Sample of a project audit", 1, audit.Seed, SampleDraw.Rule);
        var stamp = new ExportStamp(FormattableString.Invariant($"audit-{audit.Id}-population"), frame.Company.Name, frame.Query, definition, rows.Count, audit.DrawnAt);
        return await Export.SendAsync(http, frame, stamp, new CsvFile(), AuditColumns.Population, rows.ToAsyncEnumerable(), ct) ?? Results.Empty;
    }

    private static Task<IResult> JudgeAsync(
        PageFrame frame, WorkspaceReader reader, AuditActs acts, string account, string key, [FromForm] string? item, [FromForm] string? verdict, [FromForm] string? words, CancellationToken ct) =>
        DoAsync(frame, reader, account, key, IsOf(frame), project => acts.JudgeAsync(
            frame.Who, frame.Company, project, Number(item) ?? 0, Choice<AuditVerdict>(verdict) ?? throw new AuditException("Say whether it is as it should be."), words, ct), $"item-{Number(item)}", ct);

    private static Task<IResult> RaiseAsync(
        PageFrame frame, WorkspaceReader reader, AuditActs acts, string account, string key,
        [FromForm] string? item, [FromForm] string? severity, [FromForm] string? words, [FromForm] string? owner, [FromForm] string? due, CancellationToken ct) =>
        DoAsync(frame, reader, account, key, IsOf(frame), project => acts.RaiseAsync(frame.Who, frame.Company, project, new NewFinding(
            Number(item), Choice<Severity>(severity) ?? throw new AuditException("Say how bad it is."), words, owner,
            DateOnly.TryParseExact(due, "yyyy-MM-dd", out var day) ? day : null), ct), "findings", ct);

    private static Func<AuditedProject, bool> IsOf(PageFrame frame) => project => project.IsAuditedBy(frame.Who.StaffKey);

    // The page comes again at the place where something was done.
    private static async Task<IResult> DoAsync(
        PageFrame frame, WorkspaceReader reader, string account, string key, Func<AuditedProject, bool> may, Func<AuditedProject, Task> act, string place, CancellationToken ct)
    {
        if (await reader.FindAsync(account, key, ct) is not { } project || !may(project)) return Results.NotFound();
        try
        {
            await act(project);
            return Results.LocalRedirect($"{frame.Query.Carry(AuditPath.Project(project))}#{place}");
        }
        catch (AuditException refused)
        {
            return Screen.Of<WorkspacePage>(await reader.ReadAsync(frame, project, ct) with { Problem = refused.Message }, StatusCodes.Status400BadRequest);
        }
    }

    private static long? Number(string? text) => long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private static T? Choice<T>(string? text) where T : struct, Enum => Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => Filters.PageQuery.Word(value!.Value) == text);
}

/// <summary>Reads what the workspace shows.</summary>
internal sealed class WorkspaceReader(NpgsqlDataSource db, TimeProvider clock, MetricReader metrics)
{
    /// <summary>The project that an address names; null when it is owed no audit.</summary>
    internal async Task<AuditedProject?> FindAsync(string account, string key, CancellationToken ct) =>
        CommitmentPath.Decode(account) is { } a && CommitmentPath.Decode(key) is { } k ? await new ProjectAuditReader(db).FindAsync(a, k, ct) : null;

    internal async Task<WorkspaceModel> ReadAsync(PageFrame frame, AuditedProject project, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return new WorkspaceModel
        {
            Frame = frame,
            Project = project,
            Choices = await ChoicesAsync(frame.Company, project, now, ct),
            Sample = await SampledItem.ReadAsync(db, project, now, ct),
            Figures = await ProjectFigure.ReadAsync(metrics, db, frame.Viewer, project, ct),
            People = await ProjectPerson.ReadAsync(db, project, frame.Company.Zone, now, ct),
            Findings = project.Case is { } audit ? await new FindingReader(db, clock).OfCaseAsync(frame.Viewer, audit.Id, ct) : [],
            Steps = project.Case is { } begun ? await AuditSteps.OfAsync(db, begun.Id, ct) : [],
            Owners = (await FilterChoices.ReadAsync(db, frame.Viewer, null, ct)).People,
        };
    }

    /// <summary>Who could audit it, the independent first.</summary>
    internal async Task<IReadOnlyList<AuditorChoice>> ChoicesAsync(Company company, AuditedProject project, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var people = await AuditCandidates.AllAsync(connection, Rights.RolesWith(Right.Audit), now, ct);
        return [.. (await AuditCandidates.OfAsync(connection, [project], people, company.Zone, now, ct))[0].OrderBy(choice => choice.Against.Count > 0)];
    }
}
