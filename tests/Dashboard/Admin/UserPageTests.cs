using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Admin;
using Microsoft.Extensions.DependencyInjection;

namespace Followthrough.Tests.Dashboard.Admin;

/// <summary>Users are added, changed, kept out and let in on their pages, and each step is on record.</summary>
public sealed class UserPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_is_added_with_a_password_shown_once_and_comes_in_with_what_was_given()
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        using var made = await admin.FillInAsync("/admin/users/new", ("name", "mia.meyer"), ("role", "manager"), ("team", "hr:T1"), ("staff", "Ada Byron"), ("email", "mia@example.com"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.True(made.Headers.CacheControl!.NoStore);
        var password = (await ReadAsync(made)).QuerySelector(".secret")!.TextContent;
        var row = (await admin.ReadAsync("/admin/users?q=MIA")).QuerySelectorAll("table.users tbody tr").Single();
        Assert.Equal(["mia.meyermia@example.com", "manager", "Ada Byron", "Service North", "never yet", "has a one-time password"], row.Children.Select(cell => cell.TextContent.Trim()));
        Assert.DoesNotContain(password, (await admin.ReadAsync("/admin/users")).DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.Equal("admin|user_added|user mia.meyer||roles: manager; person: hr:S1; teams: hr:T1; e-mail: mia@example.com", await LastAsync(host, "user_added"));
        Assert.Equal("0", await TextAsync(host, $"select count(*)::text from access_log l where l::text like '%{password}%'"));

        var mia = await host.NewVisitorAsync();
        using var signedIn = await mia.SignInAsync("mia.meyer", password);
        Assert.Equal("/choose-password", signedIn.Headers.Location!.ToString());
        using var chosen = await mia.ChoosePasswordAsync(password, "a password of her own");
        Assert.Equal(HttpStatusCode.Found, chosen.StatusCode);
        var page = await mia.ReadAsync("/commitments?period=2026-Q3");
        Assert.Contains(SmallCompany.LongName, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(SmallCompany.RightToLeft, page.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("a[href^='/admin']"));
    }

    [Theory]
    [InlineData("name", "<b>x</b>", "The name")]
    [InlineData("role", "king", "The roles")]
    [InlineData("staff", "nobody at all", "The person")]
    [InlineData("team", "hr:T9", "The teams")]
    [InlineData("email", "not an address", "The e-mail address")]
    [InlineData("name", "ADMIN", "There is a user of this name")]
    public async Task A_form_that_is_wrong_says_where_and_adds_nobody(string field, string value, string said)
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        var fields = new Dictionary<string, string> { ["name"] = "fine", ["role"] = "staff", [field] = value };
        using var answer = await admin.FillInAsync("/admin/users/new", [.. fields.Select(f => (f.Key, f.Value))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, (await ReadAsync(answer)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1", await TextAsync(host, "select count(*)::text from app_user"));
    }

    [Fact]
    public async Task Changing_roles_ends_the_sessions_they_were_given_in_and_is_on_record_before_and_after()
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        var auditor = await host.NewSignedInAsAsync(Role.Auditor);
        await auditor.ReadAsync("/admin/log");
        var id = await IdAsync(host, "auditor-%");
        using var changed = await admin.FillInAsync($"/admin/users/{id}", ("role", "staff"), ("staff", "hr:S1"));
        Assert.Equal($"/admin/users/{id}?saved=true", changed.Headers.Location!.ToString());
        using var out1 = await auditor.GetAsync("/");
        Assert.Equal("/sign-in", out1.Headers.Location?.ToString());
        Assert.EndsWith("|roles: auditor; person: none; teams: none; e-mail: none|roles: staff; person: hr:S1; teams: none; e-mail: none", await LastAsync(host, "user_changed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_keeps_the_role_and_is_not_disabled()
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        var id = await IdAsync(host, "admin");
        using var demoted = await admin.FillInAsync($"/admin/users/{id}", ("role", "staff"));
        Assert.Equal(HttpStatusCode.BadRequest, demoted.StatusCode);
        Assert.Contains(UserDesk.LastAdministrator, (await ReadAsync(demoted)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        using var disabled = await admin.FillInAsync($"/admin/users/{id}/disable", ("typed", "admin"));
        Assert.Equal(HttpStatusCode.BadRequest, disabled.StatusCode);
        await admin.ReadAsync("/admin/users");
    }

    [Fact]
    public async Task Two_administrators_who_disable_each_other_at_one_moment_leave_one()
    {
        await using var host = await GivenAsync();
        await host.NewSignedInAsAsync(Role.Administrator);
        var ids = new[] { await IdAsync(host, "admin"), await IdAsync(host, "administrator-%") };
        var services = await host.PartAsync<IServiceScopeFactory>();
        var outcomes = await Task.WhenAll(ids.Select(async id =>
        {
            await using var scope = services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<UserDesk>().SetDisabledAsync("test", Guid.Parse(id), true, Ct);
        }));
        Assert.Single(outcomes, outcome => outcome.Problem == UserDesk.LastAdministrator);
        Assert.Equal("1", await TextAsync(host, "select count(*)::text from app_user where disabled_at is null"));
    }

    [Fact]
    public async Task Who_is_disabled_is_out_and_comes_in_again_when_let()
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        var staff = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        var id = await IdAsync(host, "staff-%");
        var name = await TextAsync(host, $"select user_name from app_user where user_id = '{id}'");
        using var wrong = await admin.FillInAsync($"/admin/users/{id}/disable", ("typed", "somebody else"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        await staff.ReadAsync("/");
        using var disabled = await admin.FillInAsync($"/admin/users/{id}/disable", ("typed", name));
        Assert.Equal(HttpStatusCode.Found, disabled.StatusCode);
        using var closed = await staff.GetAsync("/");
        Assert.Equal("/sign-in", closed.Headers.Location?.ToString());
        using var refused = await staff.SignInAsync(name, DashboardHost.OwnPassword);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var enabled = await admin.PostAsync($"/admin/users/{id}/enable", new() { ["form_token"] = await admin.FormTokenAsync() });
        Assert.Equal(HttpStatusCode.Found, enabled.StatusCode);
        using var again = await staff.SignInAsync(name, DashboardHost.OwnPassword);
        Assert.Equal("/mine", again.Headers.Location!.ToString());
        Assert.Equal("1|1|1", await TextAsync(host, $"""
            select concat_ws('|', count(*) filter (where action = 'user_disabled'), count(*) filter (where action = 'user_enabled'),
              count(*) filter (where action = 'sign_in_refused' and who = '{name}' and subject like 'disabled,%')) from access_log
            """));
    }

    [Fact]
    public async Task A_new_one_time_password_ends_the_old_one_and_every_session()
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        var staff = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        var id = await IdAsync(host, "staff-%");
        var name = await TextAsync(host, $"select user_name from app_user where user_id = '{id}'");
        using var made = await admin.FillInAsync($"/admin/users/{id}/password", ("typed", name));
        var password = (await ReadAsync(made)).QuerySelector(".secret")!.TextContent;
        using var closed = await staff.GetAsync("/");
        Assert.Equal("/sign-in", closed.Headers.Location?.ToString());
        using var old = await staff.SignInAsync(name, DashboardHost.OwnPassword);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var fresh = await staff.SignInAsync(name, password);
        Assert.Equal("/choose-password", fresh.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Names_of_persons_are_text_and_nothing_else_wherever_they_are_shown()
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        await host.NewSignedInAsAsync(Role.Staff, "hr:S2");
        var id = await IdAsync(host, "staff-%");
        foreach (var address in new[] { "/admin/users", $"/admin/users/{id}", "/admin/users/people?staff=script", "/admin/teams", "/admin/log" })
        {
            var page = await admin.ReadAsync(address);
            Assert.DoesNotContain(page.Scripts, script => script.Source is null);
            Assert.Empty(page.QuerySelectorAll("main img, main script"));
            if (address is not "/admin/log") Assert.Contains(SmallCompany.Script, page.DocumentElement.TextContent, StringComparison.Ordinal);
        }
    }

    private static async Task<DashboardHost> GivenAsync()
    {
        var host = new DashboardHost { FromEverywhere = true };
        await host.InitializeAsync();
        return host;
    }

    private static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Ct), Ct);

    private static Task<string> IdAsync(DashboardHost host, string name) => TextAsync(host, $"select user_id::text from app_user where user_name like '{name}'");

    private static Task<string> LastAsync(DashboardHost host, string action) => TextAsync(host,
        $"select who || '|' || action || '|' || subject || '|' || coalesce(before, '') || '|' || coalesce(after, '') from access_log where action = '{action}' order by access_log_id desc limit 1");

    private static async Task<string> TextAsync(DashboardHost host, string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }
}
