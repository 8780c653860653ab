using System.Net;
using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Dashboard.Access;

/// <summary>What an attacker tries with sessions, addresses and bodies.</summary>
public sealed class SessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_sign_in_makes_a_session_of_its_own_whatever_cookie_came_along()
    {
        await using var host = await GivenAsync();
        var planted = new Dictionary<string, string> { ["followthrough"] = "planted-by-somebody-else" };
        var first = await SignInAsync(host, planted);
        Assert.NotEqual("planted-by-somebody-else", first);
        Assert.NotEqual(first, await SignInAsync(host, []));
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions_and_keeps_this_one()
    {
        await using var host = await GivenAsync();
        var here = await host.NewSignedInAsync();
        var elsewhere = await host.NewSignedInAsync();
        await elsewhere.ReadAsync("/");
        using var changed = await here.ChoosePasswordAsync(DashboardHost.OwnPassword, "another password of mine");
        Assert.Equal("/", changed.Headers.Location!.ToString());
        await here.ReadAsync("/");
        using var closed = await elsewhere.GetAsync("/");
        Assert.Equal("/sign-in", closed.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task No_sign_in_leads_to_another_site(string to)
    {
        await using var host = await GivenAsync();
        await host.NewSignedInAsync();
        var visitor = await host.NewVisitorAsync();
        using var answer = await visitor.SignInAsync("admin", DashboardHost.OwnPassword, to);
        Assert.Equal("/", answer.Headers.Location!.ToString());
        using var signedInAlready = await visitor.GetAsync($"/sign-in?to={Uri.EscapeDataString(to)}");
        Assert.Equal("/", signedInAlready.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_body_that_no_form_of_ours_has_is_not_read()
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        var token = await admin.FormTokenAsync();
        foreach (var path in new[] { "/sign-in", "/choose-password", "/settings/zone", "/admin/users/new", "/data/sources/new", "/data/quarantine/replay" })
        {
            using var answer = await admin.PostAsync(path, new() { ["form_token"] = token, ["name"] = new string('x', 300_000) });
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        }
    }

    [Fact]
    public async Task The_zone_is_one_of_the_list_and_only_times_follow_it()
    {
        await using var host = await GivenAsync();
        var staff = await host.NewSignedInAsAsync(Role.Executive);
        var before = await staff.ReadAsync("/commitments?period=2026-Q3");
        var token = await staff.FormTokenAsync();
        using var wrong = await staff.PostAsync("/settings/zone", new() { ["form_token"] = token, ["zone"] = "../../etc/passwd" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var set = await staff.PostAsync("/settings/zone", new() { ["form_token"] = token, ["zone"] = "Pacific/Auckland" });
        Assert.Equal(HttpStatusCode.Found, set.StatusCode);
        var after = await staff.ReadAsync("/commitments?period=2026-Q3");
        var (there, here) = (Opened(before), Opened(after));
        Assert.Equal(there.Select(t => t.Machine), here.Select(t => t.Machine));
        Assert.All(there.Zip(here), pair => Assert.NotEqual(pair.First.Shown, pair.Second.Shown));
    }

    private static List<(string? Machine, string Shown)> Opened(AngleSharp.Html.Dom.IHtmlDocument page) =>
        [.. page.QuerySelectorAll("td[data-label=Opened] time").Select(t => (t.GetAttribute("datetime"), t.TextContent))];

    // By hand, for the visitor's own cookies are what is in question.
    private static async Task<string> SignInAsync(DashboardHost host, Dictionary<string, string> cookies)
    {
        var program = await host.NewProgramAsync();
        using var page = new HttpRequestMessage(HttpMethod.Get, new Uri("/sign-in", UriKind.Relative));
        using var shown = await program.SendAsync(page, Ct);
        foreach (var cookie in shown.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0].Split('=', 2))) cookies[cookie[0]] = cookie[1];
        var token = (await new AngleSharp.Html.Parser.HtmlParser().ParseDocumentAsync(await shown.Content.ReadAsStringAsync(Ct), Ct)).QuerySelector("input[name=form_token]")!.GetAttribute("value")!;
        using var form = new HttpRequestMessage(HttpMethod.Post, new Uri("/sign-in", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["form_token"] = token, ["name"] = "admin", ["password"] = DashboardHost.OwnPassword }),
        };
        form.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
        using var answer = await program.SendAsync(form, Ct);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("followthrough=", StringComparison.Ordinal)).Split(';')[0].Split('=', 2)[1];
    }

    private static async Task<DashboardHost> GivenAsync()
    {
        var host = new DashboardHost { FromEverywhere = true };
        await host.InitializeAsync();
        await host.NewSignedInAsync();
        return host;
    }
}
