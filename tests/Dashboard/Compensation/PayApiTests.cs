using System.Net;
using System.Text.Json;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Dashboard.Api;
using static Followthrough.Tests.Dashboard.Api.ProgramCalls;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>Pay over the API: the same people, the same refusals, and no more of anybody's pay than the pages show.</summary>
public sealed class PayApiTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private const string Runs = "/api/v1/pay/runs";

    private readonly Dictionary<string, HttpClient> _programs = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_locked_by_programs_of_three_people_and_never_by_its_preparer_or_by_whom_it_pays()
    {
        await host.SignedInAsync();
        await SmallPay.PlanAsync(host.Database.DataSource);
        var preparer = await ProgramAsync(Role.Executive, forPay: true);
        var reads = await ProgramAsync(Role.Executive, forPay: false);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(reads, Runs, new { plan = SmallPay.Plan, period = "2026-07" })).Status);

        var (status, draft) = await PostAsync(preparer, Runs, new { plan = SmallPay.Plan, period = "2026-07" });
        Assert.Equal((HttpStatusCode.OK, "draft"), (status, draft.GetProperty("state").GetString()));
        var run = $"{Runs}/{draft.GetProperty("id").GetInt64()}";
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(reads, run + "/send")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(preparer, run + "/send")).Status);
        Assert.Contains("somebody else approves it", await RefusedAsync(preparer, run + "/approve"), StringComparison.Ordinal);
        Assert.Contains("reviewed by somebody else", await RefusedAsync(preparer, run + "/review"), StringComparison.Ordinal);
        Assert.Contains("no review to take back", await RefusedAsync(preparer, run + "/withdraw"), StringComparison.Ordinal);
        foreach (var team in new[] { "hr:T1", "hr:T2" }) Assert.Equal(HttpStatusCode.OK, (await PostAsync(await KeptAsync(Role.Manager, true, null, team), run + "/review")).Status);
        Assert.Contains("a hand in preparing", await RefusedAsync(preparer, run + "/approve"), StringComparison.Ordinal);
        Assert.Contains("This plan pays you", await RefusedAsync(await ProgramAsync(Role.Executive, true, "hr:S1"), run + "/approve"), StringComparison.Ordinal);
        foreach (var (role, staff) in new[] { (Role.Staff, "hr:S1"), (Role.Auditor, null), (Role.Operations, null) })
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(await ProgramAsync(role, true, staff), run + "/approve")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(await KeptAsync(Role.Manager, true, null, "hr:T1"), run + "/approve")).Status);

        var (_, locked) = await PostAsync(await ProgramAsync(Role.Executive, forPay: true), run + "/approve");

        Assert.Equal("locked", locked.GetProperty("state").GetString());
        Assert.Equal(1000m, locked.GetProperty("control_total").GetDecimal());
        Assert.Equal(["prepared", "sent", "reviewed", "reviewed", "approved"], locked.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("step").GetString()));
        await OwnAndNoOtherAsync(run);
        await DisputedAsync(run);
    }

    // By programs as by forms: raised by the person, answered by the manager, decided by who neither prepared the run nor is paid by it.
    private async Task DisputedAsync(string run)
    {
        var (statement, words) = ($"{run}/statements/hr:S1/disputes", new { component = "answered", expected = "3 of 3", evidence = "the call of 21 July" });
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(await KeptAsync(Role.Staff, false, "hr:S1"), statement, words)).Status);
        foreach (var stranger in new[] { await KeptAsync(Role.Executive, true), await KeptAsync(Role.Staff, true, "hr:S2") })
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(stranger, statement, words)).Status);
        var person = await KeptAsync(Role.Staff, true, "hr:S1");
        Assert.Contains("Say what shows it", (await PostAsync(person, statement, new { component = "answered", expected = "3 of 3" })).Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var (status, raised) = await PostAsync(person, statement, words);
        Assert.Equal((HttpStatusCode.OK, "hr:S1"), (status, raised.GetProperty("person").GetString()));
        var dispute = $"/api/v1/pay/disputes/{raised.GetProperty("id").GetInt64()}";

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(person, dispute + "/answer", new { words = "yes" })).Status);
        var manager = await KeptAsync(Role.Manager, true, null, "hr:T1");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(manager, dispute + "/answer", new { words = "we look" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(manager, dispute + "/decide", new { accepted = true, amount = 50, words = "yes" })).Status);
        var executive = await KeptAsync(Role.Executive, true);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(await KeptAsync(Role.Executive, false), dispute + "/decide", new { accepted = true, amount = 50, words = "yes" })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(executive, dispute + "/decide", new { accepted = true, words = "yes" })).Status);
        var (_, decided) = await PostAsync(executive, dispute + "/decide", new { accepted = true, amount = 50.5, words = "the call is there" });
        Assert.Equal((true, 50.5m), (decided.GetProperty("accepted").GetBoolean(), decided.GetProperty("amount").GetDecimal()));
    }

    // What each reads of the locked run; in the same company, since a run takes its time.
    private async Task OwnAndNoOtherAsync(string run)
    {
        foreach (var program in new[] { await KeptAsync(Role.Staff, false, "hr:S1"), await KeptAsync(Role.Manager, true, null, "hr:T1") })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(program, $"{run}/statements/hr:S2")).Status);
            var (status, own) = await GetAsync(program, $"{run}/statements/hr:S1");
            Assert.Equal((HttpStatusCode.OK, 1000m), (status, own.GetProperty("payable").GetDecimal()));
            Assert.Equal("answered", own.GetProperty("document").GetProperty("segments")[0].GetProperty("lines")[0].GetProperty("component").GetString());
            Assert.Equal(["hr:S1"], (await GetAsync(program, run + "/statements")).Body.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("person").GetString()));
            Assert.Empty((await GetAsync(program, run + "/held")).Body.GetProperty("items").EnumerateArray());
            var seen = (await GetAsync(program, run)).Body;
            Assert.Equal((1, JsonValueKind.Null), (seen.GetProperty("statements").GetInt32(), seen.GetProperty("control_total").ValueKind));
        }
        var nobody = await ProgramAsync(Role.Operations, false);
        Assert.Equal(0, (await GetAsync(nobody, Runs)).Body.GetProperty("total").GetInt32());
        foreach (var absent in new[] { run, run + "/held" }) Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(nobody, absent)).Status);
        var held = Assert.Single((await GetAsync(await KeptAsync(Role.Executive, false), run + "/held")).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(("hr:S2", "answered", JsonValueKind.Null, 0), (held.GetProperty("person").GetString(), held.GetProperty("component").GetString(), held.GetProperty("amount").ValueKind, held.GetProperty("decisions").GetArrayLength()));

        using var answer = await (await KeptAsync(Role.Executive, false)).GetAsync(new Uri($"{run}/statements?size=1", UriKind.Relative), Ct);
        Assert.Null(answer.Headers.ETag);
        using var first = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Contains("cursor=", first.RootElement.GetProperty("next").GetString(), StringComparison.Ordinal);
        await using var log = host.Database.DataSource.CreateCommand("select string_agg(concat_ws(' ', action, subject, before, after), E'\n') from access_log where action like 'pay%'");
        var entries = (string)(await log.ExecuteScalarAsync(Ct))!;
        Assert.Contains("statement of hr:S1", entries, StringComparison.Ordinal);
        Assert.DoesNotContain("1000", entries.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // The same program again: the sign-in takes so many tries a minute and no more.
    private async Task<HttpClient> KeptAsync(string role, bool forPay, string? staff = null, params string[] teams)
    {
        var whose = $"{role} {forPay} {staff} {string.Join(' ', teams)}";
        return _programs.TryGetValue(whose, out var program) ? program : _programs[whose] = await ProgramAsync(role, forPay, staff, teams);
    }

    // A program of a new user of that role. Who has no step to take is offered no such token, and asking for one all the same is refused.
    private async Task<HttpClient> ProgramAsync(string role, bool forPay, string? staff = null, params string[] teams)
    {
        var visitor = await host.NewSignedInAsAsync(role, staff, teams);
        var offered = (await visitor.ReadAsync("/settings/tokens/new")).QuerySelector("input[name=scope][value=pay]") is not null;
        Assert.Equal(role is Role.Executive or Role.Manager || staff is not null, offered);
        using (var refused = await visitor.FillInAsync("/settings/tokens/new", ("name", "payroll"), ("days", "30"), ("scope", offered ? "everything" : "pay")))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        return await host.NewProgramAsync(visitor, forPay && offered ? "pay" : "read");
    }
}
