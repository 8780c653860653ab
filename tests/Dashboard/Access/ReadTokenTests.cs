using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Dashboard.Access;

/// <summary>A token reads what its user sees at the moment of the request, and nothing else stands for it.</summary>
public sealed class ReadTokenTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_reads_as_its_user_until_it_is_revoked()
    {
        var manager = await host.NewSignedInAsAsync(Role.Manager, null, "hr:T1");
        var token = await MakeAsync(manager, "report");
        Assert.Equal("teams", (await AskAsync(token)).GetProperty("sees").GetString());
        Assert.Equal("0", await TextAsync($"select count(*)::text from api_token t where t::text like '%{token}%'"));
        await RunAsync("delete from app_user_team where user_id in (select user_id from api_token where name = 'report')");
        Assert.Equal("nothing", (await AskAsync(token)).GetProperty("sees").GetString());

        using var wrong = await manager.FillInAsync("/settings/tokens/report/revoke", ("typed", "other"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var revoked = await manager.FillInAsync("/settings/tokens/report/revoke", ("typed", "report"));
        Assert.Equal(HttpStatusCode.Found, revoked.StatusCode);
        await AssertRefusedAsync(token);
        Assert.Equal("token_made token_revoked", await TextAsync("select string_agg(action, ' ' order by access_log_id) from access_log where subject = 'token report'"));
    }

    [Fact]
    public async Task It_ends_by_itself_with_its_user_and_with_his_roles()
    {
        var staff = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        var token = await MakeAsync(staff, "ending");
        Assert.Equal("own", (await AskAsync(token)).GetProperty("sees").GetString());
        const string owner = "user_id in (select user_id from api_token where name = 'ending')";
        await RunAsync($"update app_user set disabled_at = now() where {owner}");
        await AssertRefusedAsync(token);
        await RunAsync($"update app_user set disabled_at = null where {owner}");
        await AskAsync(token);
        await RunAsync($"delete from app_user_role where {owner}");
        using (var without = await SendAsync($"Bearer {token}")) Assert.Equal(HttpStatusCode.NotFound, without.StatusCode);
        await RunAsync("update api_token set expires_at = '2026-09-15T12:00:00Z' where name = 'ending'");
        await AssertRefusedAsync(token);
    }

    [Fact]
    public async Task Beyond_reading_a_session_is_worth_nothing_and_no_other_token_reads()
    {
        var admin = await host.NewSignedInAsAsync(Role.Administrator);
        using var cookie = await admin.PostAsync("/api/v1/who", []);
        Assert.Equal(HttpStatusCode.Unauthorized, cookie.StatusCode);
        Assert.Equal("application/problem+json", cookie.Content.Headers.ContentType!.MediaType);
        var sends = (await (await host.PartAsync<Followthrough.Dashboard.Hooks.ApiTokens>()).MakeAsync("sends", TimeSpan.FromDays(1), Ct))!;
        foreach (var given in new[] { $"Bearer {sends}", "Bearer ft_made_up", "Bearer ", "Basic YTpi", "Bearer " + new string('x', 5000) })
        {
            using var answer = await SendAsync(given);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task A_token_that_reads_sends_nothing_and_opens_no_page()
    {
        var token = await MakeAsync(await host.NewSignedInAsAsync(Role.Operations), "reader");
        var program = await host.NewProgramAsync();
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/v1/facts"), (HttpMethod.Get, "/commitments"), (HttpMethod.Get, "/admin/log.csv") })
        {
            using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
            request.Headers.Add("Authorization", $"Bearer {token}");
            using var answer = await program.SendAsync(request, Ct);
            Assert.Equal(method == HttpMethod.Post ? HttpStatusCode.Unauthorized : HttpStatusCode.Found, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_same_name_may_be_used_by_two_users_and_by_each_once()
    {
        var first = await host.NewSignedInAsAsync(Role.Auditor);
        await MakeAsync(first, "shared");
        await MakeAsync(await host.NewSignedInAsAsync(Role.Auditor), "shared");
        using var again = await first.FillInAsync("/settings/tokens/new", ("name", "shared"), ("days", "30"));
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    private static async Task<string> MakeAsync(Visitor visitor, string name)
    {
        using var made = await visitor.FillInAsync("/settings/tokens/new", ("name", name), ("days", "30"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        return (await new HtmlParser().ParseDocumentAsync(await made.Content.ReadAsStringAsync(Ct), Ct)).QuerySelector(".secret")!.TextContent;
    }

    private async Task<JsonElement> AskAsync(string token)
    {
        using var answer = await SendAsync($"Bearer {token}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;
    }

    private async Task AssertRefusedAsync(string token)
    {
        using var answer = await SendAsync($"Bearer {token}");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/who", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await (await host.NewProgramAsync()).SendAsync(request, Ct);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }
}
