using System.Globalization;
using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Whom a plan pays: taken in, taken out, as a file out and in.</summary>
internal static class PlanMembersEndpoint
{
    private const long LargestFile = 5_000_000;
    private const string Members = PlansEndpoint.Path + "/{id}/members";

    internal static void MapPlanMembers(this IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("").Needs(Right.PreparePay);
        desk.MapPost(Members, AddAsync);
        desk.MapPost(Members + "/{member:long}/end", EndAsync);
        desk.MapGet(PlansEndpoint.Path + "/{id}/members.csv", FileAsync);
        desk.MapPost(Members + "-file", ReadFileAsync).WithMetadata(new RequestSizeLimitAttribute(LargestFile));
    }

    private static async Task<IResult> AddAsync(
        PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, PlanDesk desk, string id,
        [FromForm] string? staff, [FromForm] string? from, [FromForm] string? last, [FromForm] string? incentive, CancellationToken ct)
    {
        if (PlanMemberFile.Read(staff, from, last, incentive, out var member) is { } problem) return await PageAsync(frame, db, plans, members, id, [problem], ct);
        var refused = await desk.DoAsync(frame.Viewer.Name, PlanDesk.MembersChanged, async connection =>
            [await members.AddAsync(connection, id, member.Staff, member.From, member.To, member.Incentive, frame.Viewer.Name, ct)], ct);
        return refused is null ? Results.LocalRedirect(PlansEndpoint.Of(id) + "?saved=true") : await PageAsync(frame, db, plans, members, id, [refused], ct);
    }

    private static async Task<IResult> EndAsync(
        PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, PlanDesk desk, string id, long member, [FromForm] string? last, CancellationToken ct)
    {
        if (PlanMemberFile.LastDay(last, out var to) is { } problem) return await PageAsync(frame, db, plans, members, id, [problem], ct);
        var refused = await desk.DoAsync(frame.Viewer.Name, PlanDesk.MembersChanged, async connection => [await members.EndAsync(connection, id, member, to, frame.Viewer.Name, ct)], ct);
        return refused is null ? Results.LocalRedirect(PlansEndpoint.Of(id) + "?saved=true") : await PageAsync(frame, db, plans, members, id, [refused], ct);
    }

    private static async Task<IResult> FileAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, string id, CancellationToken ct)
    {
        if (await PlanModel.ReadAsync(frame, db, plans, members, id, null, ct) is not { } model) return Results.NotFound();
        var definition = new RowsDefinition("pay_members", $"Members of {model.Plan.Name}", model.Shown.Version, model.Shown.Hash[..16], "Whom the plan pays, from the first to the last day, both included; incentive is empty where it is the plan's.");
        var stamp = new ExportStamp($"pay-members-{id}", frame.Company.Name, frame.Query, definition, model.Members.Count, frame.Now);
        return await Export.SendAsync(http, frame, stamp, new CsvFile(), Columns, model.Members.ToAsyncEnumerable(), ct) ?? Results.Empty;
    }

    private static async Task<IResult> ReadFileAsync(
        PageFrame frame, HttpContext http, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, PlanDesk desk, string id, [FromForm] string? confirm, CancellationToken ct)
    {
        _ = confirm;
        if (http.Request.Form.Files.GetFile("file") is not { } file) return await PageAsync(frame, db, plans, members, id, ["Choose a file first."], ct);
        using var content = new StreamReader(file.OpenReadStream());
        var read = await PlanMemberFile.ReadAsync(content, file.FileName, ct);
        var (problems, added) = (read.Problems.ToList(), 0);
        foreach (var (line, member) in read.Lines)
        {
            var refused = await desk.DoAsync(frame.Viewer.Name, PlanDesk.MembersChanged, async connection =>
                [await members.AddAsync(connection, id, member.Staff, member.From, member.To, member.Incentive, frame.Viewer.Name, ct)], ct);
            if (refused is null) added++;
            else problems.Add($"{file.FileName} line {line}: {refused}");
        }
        return await PlansEndpoint.ShowAsync(frame, db, plans, members, id, null, false, ct, problems,
            $"{Wording.Figures.Count(added, "person was", "people were")} taken in{(problems.Count > 0 ? $", {Wording.Figures.Count(problems.Count, "line", "lines")} could not be used" : "")}.");
    }

    private static Task<IResult> PageAsync(PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, string id, IReadOnlyList<string> problems, CancellationToken ct) =>
        PlansEndpoint.ShowAsync(frame, db, plans, members, id, null, false, ct, problems);

    private static readonly Column<PayMember>[] Columns =
    [
        Column<PayMember>.Text(PlanMemberFile.Staff, m => m.StaffKey),
        Column<PayMember>.Text("name", m => m.Name),
        Column<PayMember>.Text(PlanMemberFile.First, m => m.FromDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Column<PayMember>.Text(PlanMemberFile.Last, m => m.ToDay?.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Column<PayMember>.Number(PlanMemberFile.Incentive, m => m.Incentive),
    ];
}
