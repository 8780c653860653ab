using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Tests.Dashboard;
using Followthrough.Tests.Dashboard.Audits;
using Followthrough.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Followthrough.Tests.Browser;

/// <summary>The quarter from its first signature, by a program, to the pack in an executive's hands.</summary>
public sealed class QuarterlyAuditTests : IAsyncLifetime
{
    private const string Quarter = "/audits/quarters/2026-Q2", Signatures = "/api/v1/audits/2026-Q2/signatures";

    private readonly DashboardHost _host = new() { Facts = [.. SmallQuarter.Early, .. Answers("2026-02", hours: 1), .. Answers("2026-04", hours: 30)], FromEverywhere = true };
    private readonly Browser _browser = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_program_signs_first_and_an_executive_reads_why_signs_and_takes_the_pack_along()
    {
        var address = await _host.ListenAsync();
        var (first, alias, second) = (await _host.NewUserAsync(Role.Executive, "hr:S1"), await _host.NewUserAsync(Role.Executive, "hr:S1"), await _host.NewUserAsync(Role.Executive, "hr:S2"));
        var manager = await _host.NewUserAsync(Role.Manager, null, "hr:T1");
        await SignByProgramAsync(first, alias, manager);

        await using var window = await _browser.NewWindowAsync(1440, 900, ColorScheme.Light, null);
        var (page, complaints) = await BrowsedDashboard.WatchAsync(window);
        await SignInAsync(page, address, second);
        await page.ClickAsync(".sidebar a:has-text('Audits')");
        await page.ClickAsync("main a:text-is('Q2 2026')");
        await page.ClickAsync("main .files a:text-is('Report')");
        await Expect(page.Locator(".stamp")).ToHaveTextAsync("Draft, not closed");
        await Expect(page.Locator("#summary .movers li").First).ToContainTextAsync("“Answered within 24 h” moved most. It fell");
        await Expect(page.Locator("#summary .movers li .quiet").First).Not.ToBeEmptyAsync();
        await page.ClickAsync("#metrics .sheet-of a >> nth=0");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Commitments");
        await page.ClickAsync("table.cards tbody a.cover >> nth=0");
        await page.ClickAsync(".timeline .opens summary");
        await Expect(page.Locator(".record")).ToContainTextAsync("crm:");

        await page.GotoAsync(new Uri(address, Quarter).ToString());
        await page.ClickAsync($"button:has-text('Sign what {first} signed')");
        await Expect(page.Locator(".finding")).ToContainTextAsync("Both have signed");
        var signed = (await (await _host.PartAsync<ClosingDesk>()).SignedAsync(Ct)).Single();
        await (await _host.PartAsync<EditionWriter>()).WriteAsync(signed, null, Ct);
        await page.ReloadAsync();
        await Expect(page.Locator("main")).ToContainTextAsync($"Closed by {first} and {second}");
        var pack = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("main a[href$='pack.pdf']"), new() { Timeout = 90_000 });
        Assert.StartsWith("2026-Q2_1_", pack.SuggestedFilename, StringComparison.Ordinal);
        Assert.True(new FileInfo(await pack.PathAsync()).Length > 50_000);
        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("download", StringComparison.OrdinalIgnoreCase));
    }

    private async Task SignByProgramAsync(string first, string alias, string manager)
    {
        var (program, signs) = (await _host.NewProgramAsync(), await TokenAsync(first, signs: true));
        var body = new { overrides = new Dictionary<string, string> { ["tie_outs_agree"] = "no totals are sent" } };
        using (var reads = await PostAsync(program, await TokenAsync(first, signs: false), body)) Assert.Equal(HttpStatusCode.Forbidden, reads.StatusCode);
        using (var below = await PostAsync(program, await TokenAsync(manager, signs: true), body)) Assert.Equal(HttpStatusCode.NotFound, below.StatusCode);
        Assert.Contains("No source has stated control totals", await RefusedAsync(program, signs, new { }, HttpStatusCode.Conflict), StringComparison.Ordinal);
        Assert.Contains("“luck” is no check", await RefusedAsync(program, signs, new { overrides = new Dictionary<string, string> { ["luck"] = "good" } }, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        using (var signed = await PostAsync(program, signs, body))
        {
            Assert.Equal(HttpStatusCode.Created, signed.StatusCode);
            using var said = JsonDocument.Parse(await signed.Content.ReadAsStringAsync(Ct));
            Assert.Equal((first, JsonValueKind.Null), (said.RootElement.GetProperty("first_by").GetString(), said.RootElement.GetProperty("second_by").ValueKind));
        }
        foreach (var token in new[] { signs, await TokenAsync(alias, signs: true) })
            Assert.Contains("has to be another person", await RefusedAsync(program, token, body, HttpStatusCode.Conflict), StringComparison.Ordinal);
        using var list = new HttpRequestMessage(HttpMethod.Get, "/api/v1/audits") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", signs) } };
        using var answer = await program.SendAsync(list, Ct);
        using var quarters = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal("signed once", quarters.RootElement.GetProperty("items").EnumerateArray().Single(q => q.GetProperty("period").GetProperty("label").GetString() == "2026-Q2").GetProperty("state").GetString());
    }

    private static async Task<string> RefusedAsync(HttpClient program, string token, object body, HttpStatusCode status)
    {
        using var answer = await PostAsync(program, token, body);
        Assert.Equal(status, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        return problem.RootElement.GetProperty("detail").GetString()!;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient program, string token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Signatures) { Content = JsonContent.Create(body), Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        return await program.SendAsync(request, Ct);
    }

    private async Task<string> TokenAsync(string user, bool signs)
    {
        await using var find = _host.Database.DataSource.CreateCommand("select user_id from app_user where user_name = $1");
        find.Parameters.AddWithValue(user);
        return (await (await _host.PartAsync<ReadTokens>()).MakeAsync((Guid)(await find.ExecuteScalarAsync(Ct))!, signs ? "signs" : "reads", TimeSpan.FromDays(1), signs ? TokenScope.Sign : TokenScope.Read, Ct))!;
    }

    private static async Task SignInAsync(IPage page, Uri address, string name)
    {
        await page.GotoAsync(new Uri(address, "/sign-in").ToString());
        await page.FillAsync("[name=name]", name);
        await page.FillAsync("[name=password]", DashboardHost.OwnPassword);
        await page.ClickAsync("button[type=submit]");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Overview");
    }

    // Fourteen that turned to us on a day each, answered so many hours later.
    private static IEnumerable<Fact> Answers(string month, int hours) => Enumerable.Range(1, 14).SelectMany(day =>
    {
        var at = DateTimeOffset.Parse($"{month}-{2 * day - 1:00}T08:00Z", CultureInfo.InvariantCulture);
        return new Fact[]
        {
            Given.Inbound("crm:acme", at.ToString("O"), key: $"mail:{month}-{day}"), Given.Outbound("crm:acme", at.AddHours(hours).ToString("O"), staff: "hr:S1", key: $"reply:{month}-{day}"),
        };
    });
}
