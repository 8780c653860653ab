using System.Net;
using Followthrough.Dashboard.Access;

namespace Followthrough.Tests.Dashboard;

public sealed class SignInTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/commitments?status=missed")]
    [InlineData("/commitments.csv")]
    [InlineData("/metrics/respond_24h")]
    [InlineData("/data")]
    [InlineData("/no-such-page")]
    public async Task Strangers_are_sent_to_the_sign_in(string address)
    {
        var visitor = await host.NewVisitorAsync();
        using var answer = await visitor.GetAsync(address);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.StartsWith("/sign-in", answer.Headers.Location!.PathAndQuery.Replace("http://localhost", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_one_time_password_opens_nothing_but_the_page_that_replaces_it()
    {
        await using var fresh = new DashboardHost();
        await fresh.InitializeAsync();
        var oneTime = await fresh.InviteAsync();
        var visitor = await fresh.NewVisitorAsync();

        using var signedIn = await visitor.SignInAsync(FirstAdministrator.Name, oneTime!, "/commitments");
        Assert.Equal("/choose-password?to=%2Fcommitments", signedIn.Headers.Location!.ToString());
        foreach (var page in (string[])["/", "/commitments", "/commitments.csv", "/metrics", "/data"])
        {
            using var kept = await visitor.GetAsync(page);
            Assert.Equal("/choose-password", kept.Headers.Location?.ToString());
        }

        using var tooShort = await visitor.ChoosePasswordAsync(oneTime!, "elevenchars");
        Assert.Equal(HttpStatusCode.BadRequest, tooShort.StatusCode);
        using var unlike = await visitor.ChoosePasswordAsync(oneTime!, DashboardHost.OwnPassword, "something else entirely");
        Assert.Equal(HttpStatusCode.BadRequest, unlike.StatusCode);
        using var same = await visitor.ChoosePasswordAsync(oneTime!, oneTime!);
        Assert.Equal(HttpStatusCode.BadRequest, same.StatusCode);
        using var chosen = await visitor.ChoosePasswordAsync(oneTime!, DashboardHost.OwnPassword);
        Assert.Equal("/", chosen.Headers.Location!.ToString());
        await visitor.ReadAsync("/");

        var later = await fresh.NewVisitorAsync();
        using var spent = await later.SignInAsync(FirstAdministrator.Name, oneTime!);
        Assert.Equal(HttpStatusCode.Unauthorized, spent.StatusCode);
        Assert.Null(await fresh.InviteAsync());
    }

    [Fact]
    public async Task An_unused_one_time_password_is_replaced_at_the_next_start()
    {
        await using var fresh = new DashboardHost { Empty = true };
        await fresh.InitializeAsync();
        var first = await fresh.InviteAsync();
        var second = await fresh.InviteAsync();
        Assert.NotEqual(first, second);
        using var old = await (await fresh.NewVisitorAsync()).SignInAsync(FirstAdministrator.Name, first!);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var now = await (await fresh.NewVisitorAsync()).SignInAsync(FirstAdministrator.Name, second!);
        Assert.Equal(HttpStatusCode.Found, now.StatusCode);
    }

    [Fact]
    public async Task Wrong_name_wrong_password_and_locked_out_read_alike()
    {
        await using var fresh = new DashboardHost { Empty = true };
        await fresh.InitializeAsync();
        var right = await fresh.InviteAsync();
        var visitor = await fresh.NewVisitorAsync();
        var said = new List<string>
        {
            await ProblemAsync(visitor, "nobody", right!),
            await ProblemAsync(visitor, FirstAdministrator.Name, ""),
        };
        for (var wrong = 0; wrong < 5; wrong++) said.Add(await ProblemAsync(visitor, FirstAdministrator.Name, "not the password"));
        // The sixth try has the right password, and comes too late.
        said.Add(await ProblemAsync(visitor, FirstAdministrator.Name, right!));
        Assert.Equal(["Wrong name or password."], said.Distinct());
    }

    [Fact]
    public async Task Many_tries_a_minute_are_refused()
    {
        await using var fresh = new DashboardHost { Empty = true };
        await fresh.InitializeAsync();
        var visitor = await fresh.NewVisitorAsync();
        var answers = new List<HttpStatusCode>();
        for (var tries = 0; tries < 21; tries++)
        {
            using var answer = await visitor.SignInAsync($"nobody{tries}", "whatever it may be");
            answers.Add(answer.StatusCode);
        }
        Assert.Equal(Enumerable.Repeat(HttpStatusCode.Unauthorized, 20), answers.Take(20));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Theory]
    [InlineData("/commitments?status=missed", "/commitments?status=missed")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/sign-in", "/")]
    public void After_the_sign_in_one_stays_on_this_site(string asked, string expected) =>
        Assert.Equal(expected, SignInEndpoint.Onward(asked));

    [Fact]
    public async Task A_form_that_is_not_ours_is_refused()
    {
        var visitor = await host.NewVisitorAsync();
        using var signIn = await visitor.PostAsync("/sign-in", new() { ["name"] = "admin", ["password"] = "whatever it may be" });
        Assert.Equal(HttpStatusCode.BadRequest, signIn.StatusCode);
        var signedIn = await host.SignedInAsync();
        using var signOut = await signedIn.PostAsync("/sign-out", []);
        Assert.Equal(HttpStatusCode.BadRequest, signOut.StatusCode);
        await signedIn.ReadAsync("/");
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var visitor = await host.NewSignedInAsync();
        var page = await visitor.ReadAsync("/");
        var token = page.QuerySelector("form[action='/sign-out'] input[type=hidden]")!;
        using var left = await visitor.PostAsync("/sign-out", new() { [token.GetAttribute("name")!] = token.GetAttribute("value")! });
        Assert.Equal("/sign-in", left.Headers.Location!.ToString());
        using var closed = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
    }

    [Fact]
    public async Task The_session_cookie_is_kept_from_scripts_and_other_sites()
    {
        await using var fresh = new DashboardHost { Empty = true };
        await fresh.InitializeAsync();
        var visitor = await fresh.NewVisitorAsync();
        using var answer = await visitor.SignInAsync(FirstAdministrator.Name, (await fresh.InviteAsync())!);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("followthrough=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_part_of_a_page_that_refreshes_itself_sends_the_whole_page_to_the_sign_in()
    {
        var visitor = await host.NewVisitorAsync();
        using var answer = await visitor.GetPartAsync("/overview/waiting");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("/sign-in", Assert.Single(answer.Headers.GetValues("HX-Redirect")));
    }

    private static async Task<string> ProblemAsync(Visitor visitor, string name, string password)
    {
        using var answer = await visitor.SignInAsync(name, password);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return page.QuerySelector("[role=alert]")!.TextContent;
    }
}
