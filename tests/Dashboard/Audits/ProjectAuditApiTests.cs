using System.Net;
using System.Text.Json;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Dashboard.Api;
using static Followthrough.Tests.Dashboard.Api.ProgramCalls;
using static Followthrough.Tests.Dashboard.Audits.AuditVisitors;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>A project's audit by programs: the same people, and the same refusals, as on the screens.</summary>
public sealed class ProjectAuditApiTests(AuditVisitors visitors) : IClassFixture<AuditVisitors>
{
    private const string Api = "/api/v1";

    [Fact]
    public async Task Nobody_audits_his_own_unit_or_what_is_anothers_and_who_may_takes_it_from_assignment_to_a_closed_finding()
    {
        var executive = await ProgramAsync(await visitors.OfAsync(Role.Executive, null));
        var (kay, sam, bo) = (await ProgramAsync(await visitors.KayAsync()), await ProgramAsync(await visitors.OfAsync(Role.Auditor, "hr:Sam")), await ProgramAsync(await visitors.BoAsync()));
        var reads = await ProgramAsync(await visitors.OfAsync(Role.Executive, null), "read");

        Assert.Equal(["P open", "R signed_off"], (await GetAsync(executive, Api + "/audits/2026-Q1/projects")).Body.GetProperty("items").EnumerateArray().Select(p => $"{p.GetProperty("project")} {p.GetProperty("state")}"));
        foreach (var quarter in new[] { "2026-13", "projects" }) Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(executive, $"{Api}/audits/{quarter}/projects")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(reads, Path("assign"), new { auditor = "hr:Kay" })).Status);
        Assert.Equal("Sam is not independent: worked on it (2 hours).", await RefusedAsync(executive, Path("assign"), new { auditor = "hr:Sam" }));
        _ = await visitors.OfAsync(Role.Auditor, "hr:Ann");
        Assert.Contains("is of the project's own unit, Projects", await RefusedAsync(executive, Path("assign"), new { auditor = "hr:Ann" }), StringComparison.Ordinal);
        var (status, given) = await PostAsync(executive, Path("assign"), new { auditor = "hr:Kay" });
        Assert.Equal((HttpStatusCode.OK, "hr:Kay", "assigned"), (status, Text(given, "audit", "auditor"), Text(given, "audit", "state")));
        Assert.Contains("hr:Sam worked on it (2 hours)", given.GetProperty("candidates").EnumerateArray().Select(c => $"{c.GetProperty("staff")} {string.Join("; ", c.GetProperty("against").EnumerateArray())}"));

        await LookedAtAsync(kay, sam, bo, [.. given.GetProperty("sample").EnumerateArray().Select(item => item.GetProperty("item").GetInt64())]);
        await PutRightAsync(kay, sam, bo);
    }

    private static async Task LookedAtAsync(HttpClient kay, HttpClient sam, HttpClient bo, List<long> items)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(sam, Path("items"), new { item = items[0], verdict = "ok" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(bo, Path(""))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(kay, Path("items"), new { item = items[0], verdict = "perhaps" })).Status);
        await RefusedAsync(kay, Path("items"), new { item = items[0], verdict = "exception" });
        await RefusedAsync(kay, Path("sign"), new { words = "too early" });
        foreach (var item in items) Assert.Equal(HttpStatusCode.OK, (await PostAsync(kay, Path("items"), new { item, verdict = "ok" })).Status);
        var (_, found) = await PostAsync(kay, Path("findings"), new { severity = "high", words = "Questions are left open", owner = "hr:Bo", due = "2026-09-18" });
        Assert.Equal("Questions are left open", found.GetProperty("findings")[0].GetProperty("words").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(sam, Path("sign"), new { words = "mine" })).Status);
        var (_, signed) = await PostAsync(kay, Path("sign"), new { words = "Answers come late" });
        Assert.Equal(("signed_off", "major findings"), (Text(signed, "audit", "state"), Text(signed, "audit", "rating")));
    }

    private static async Task PutRightAsync(HttpClient kay, HttpClient sam, HttpClient bo)
    {
        const string Finding = Api + "/audits/findings/1";
        foreach (var (program, act) in new[] { (sam, "answer"), (sam, "close"), (bo, "close"), (kay, "answer") })
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(program, $"{Finding}/{act}", new { words = "x" })).Status);
        Assert.Equal("answered", (await PostAsync(bo, $"{Finding}/answer", new { words = "All were answered" })).Body.GetProperty("state").GetString());
        Assert.Equal("open", (await PostAsync(kay, $"{Finding}/back", new { words = "one was not" })).Body.GetProperty("state").GetString());
        await PostAsync(bo, $"{Finding}/answer", new { words = "Now all were" });
        Assert.Equal("closed", (await PostAsync(kay, $"{Finding}/close", new { words = "seen" })).Body.GetProperty("state").GetString());
        await RefusedAsync(kay, $"{Finding}/close", new { words = "again" });
        Assert.Equal(1, (await GetAsync(bo, Api + "/audits/findings")).Body.GetProperty("total").GetInt32());
    }

    private Task<HttpClient> ProgramAsync(Visitor visitor, string scope = "audit") => visitors.Host.NewProgramAsync(visitor, scope);

    private static string Path(string act) => $"{Api}{P}{(act.Length > 0 ? "/" : "")}{act}";

    private static string? Text(JsonElement body, string part, string name) => body.GetProperty(part).GetProperty(name).GetString();
}
