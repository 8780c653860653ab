using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Pay plans: which there are, what they say, whom they pay. Who is paid by a plan reads it; to others it is not there.</summary>
internal static class PlansEndpoint
{
    internal const string Path = "/pay/plans";
    internal const string SchemaPath = Path + "/schema.json";

    internal static void MapPlans(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, ListAsync);
        pages.MapGet(SchemaPath, () => Results.Text(PlanFiles.Schema, "application/schema+json", System.Text.Encoding.UTF8));
        pages.MapGet(Path + "/{id}", (PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, string id, bool? saved, CancellationToken ct) =>
            ShowAsync(frame, db, plans, members, id, null, saved == true, ct));
        pages.MapGet(Path + "/{id}/versions/{version:int}", (PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, string id, int version, CancellationToken ct) =>
            ShowAsync(frame, db, plans, members, id, version, false, ct));
        pages.MapGet(Path + "/{id}/versions/{version:int}/yaml", TextAsync);
        pages.MapPlanDraft();
        pages.MapPlanMembers();
        pages.MapWhatIf();
        pages.MapSplits();
    }

    internal static string Of(string plan, string step = "") => $"{Path}/{plan}{step}";

    /// <summary>Whether a plan pays who is signed in, or did.</summary>
    internal static bool Pays(IEnumerable<PayMember> members, PageFrame frame) => members.Any(member => member.StaffKey == frame.Who.StaffKey);

    private static async Task<IResult> ListAsync(PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, CancellationToken ct)
    {
        var scope = await PlanScope.ReadAsync(db, frame, ct);
        var (versions, all) = (await plans.AllAsync(ct), await members.OfAsync(null, ct));
        var listed = versions.GroupBy(v => v.PlanId).Where(g => scope.MayRead(g.Key)).Select(g =>
        {
            var (force, newest) = (PayPlanVersion.InForce(g, frame.Today), PayPlanVersion.Newest([.. g]));
            return new ListedPlan((force ?? newest).Plan, newest, force, all.Count(m => m.PlanId == g.Key && m.IsIn(frame.Today) && scope.MaySee(m)));
        });
        return Screen.Of<PlansPage>(new PlansModel(frame, [.. listed.OrderBy(p => p.Plan.Name, StringComparer.OrdinalIgnoreCase)], scope.All));
    }

    /// <summary>The plan's page; not found for who may not read it.</summary>
    internal static async Task<IResult> ShowAsync(
        PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, PayMembers members, string id, int? version, bool saved, CancellationToken ct, IReadOnlyList<string>? problems = null, string? said = null)
    {
        var model = await PlanModel.ReadAsync(frame, db, plans, members, id, version, ct);
        if (model is null) return Results.NotFound();
        return Screen.Of<PlanPage>(
            model with { Said = saved ? "Saved." : said, Problems = problems ?? [] },
            problems is { Count: > 0 } ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static async Task<IResult> TextAsync(PageFrame frame, NpgsqlDataSource db, PayPlanStore plans, string id, int version, CancellationToken ct)
    {
        if (!(await PlanScope.ReadAsync(db, frame, ct)).MayRead(id)) return Results.NotFound();
        return (await plans.VersionsAsync(id, ct)).FirstOrDefault(v => v.Version == version) is { } found
            ? Results.File(System.Text.Encoding.UTF8.GetBytes(found.Document), "application/yaml", FormattableString.Invariant($"{id}_v{version}.yaml"))
            : Results.NotFound();
    }
}
