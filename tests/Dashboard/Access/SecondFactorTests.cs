using System.Net;
using AngleSharp.Html.Parser;
using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Dashboard.Access;

/// <summary>A code beside the password: set up, asked for, replaced by a recovery code, and turned off.</summary>
public sealed class SecondFactorTests
{
    private const string Wrong = "This code is not right, or not any more.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Looking_at_the_page_changes_nothing_and_a_wrong_code_turns_nothing_on()
    {
        await using var host = await GivenAsync();
        var staff = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        var key = await KeyAsync(staff);
        Assert.Equal(32, key.Length);
        Assert.Equal(key, await KeyAsync(staff));
        Assert.Equal("0", await TextAsync(host, $"select count(*)::text from app_user_token where value like '%{key}%'"));
        using var answer = await staff.FillInAsync("/settings/second-factor", ("code", "abcdef"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("false", await TextAsync(host, "select two_factor_enabled::text from app_user where user_name like 'staff-%'"));
    }

    [Fact]
    public async Task The_sign_in_asks_for_the_code_and_a_recovery_code_works_once()
    {
        await using var host = await GivenAsync();
        var (name, key, codes) = await TurnedOnAsync(host);
        Assert.Equal(10, codes.Distinct().Count());

        var visitor = await host.NewVisitorAsync();
        using var first = await visitor.SignInAsync(name, DashboardHost.OwnPassword, "/commitments?status=missed");
        Assert.Equal("/sign-in/code?to=%2Fcommitments%3Fstatus%3Dmissed", first.Headers.Location!.ToString());
        using var closed = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
        Assert.Equal(Wrong, await ProblemAsync(visitor, "wrong"));
        using var second = await visitor.FillInAsync("/sign-in/code?to=%2Fcommitments", ("code", Authenticator.CodeOf(key)));
        Assert.Equal("/commitments", second.Headers.Location!.ToString());
        await visitor.ReadAsync("/");

        var other = await host.NewVisitorAsync();
        using var password = await other.SignInAsync(name, DashboardHost.OwnPassword);
        using var recovered = await other.FillInAsync("/sign-in/code", ("code", codes[0].ToLowerInvariant()));
        Assert.Equal("/mine", recovered.Headers.Location!.ToString());
        var third = await host.NewVisitorAsync();
        using var passwordAgain = await third.SignInAsync(name, DashboardHost.OwnPassword);
        Assert.Equal(Wrong, await ProblemAsync(third, codes[0]));
    }

    [Fact]
    public async Task Wrong_codes_of_either_kind_lock_the_user_out_and_read_alike()
    {
        await using var host = await GivenAsync();
        var (name, key, _) = await TurnedOnAsync(host);
        var visitor = await host.NewVisitorAsync();
        using var password = await visitor.SignInAsync(name, DashboardHost.OwnPassword);
        var said = new List<string>();
        foreach (var code in new[] { "not-a-code", "AAAAA-BBBBB", "", "1234567", new string('x', 65), "no" }) said.Add(await ProblemAsync(visitor, code));
        // The next one is right, and comes too late.
        said.Add(await ProblemAsync(visitor, Authenticator.CodeOf(key)));
        Assert.Equal([Wrong], said.Distinct());
        Assert.Equal("locked out at the second step", await TextAsync(host, "select split_part(subject, ',', 1) from access_log where action = 'sign_in_refused' order by access_log_id desc limit 1"));
    }

    [Fact]
    public async Task Without_the_first_step_there_is_no_second()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewVisitorAsync();
        using var asked = await visitor.GetAsync("/sign-in/code");
        Assert.Equal("/sign-in", asked.Headers.Location!.ToString());
        using var sent = await visitor.PostAsync("/sign-in/code", new() { ["form_token"] = await visitor.FormTokenAsync(), ["code"] = "123456" });
        Assert.Equal("/sign-in", sent.Headers.Location!.ToString());
    }

    [Fact]
    public async Task It_is_turned_off_with_the_password_and_forgets_its_key()
    {
        await using var host = await GivenAsync();
        var staff = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        var (_, key, _) = await TurnedOnAsync(host, staff);
        using var wrong = await staff.FillInAsync("/settings/second-factor/off", ("password", "not the password"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var renewed = await staff.FillInAsync("/settings/second-factor/codes", ("password", DashboardHost.OwnPassword));
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        using var off = await staff.FillInAsync("/settings/second-factor/off", ("password", DashboardHost.OwnPassword));
        Assert.Equal("/settings?saved=true", off.Headers.Location!.ToString());
        Assert.NotEqual(key, await KeyAsync(staff));
        Assert.Equal("second_factor_on recovery_codes_made second_factor_off", await TextAsync(host,
            "select string_agg(action, ' ' order by access_log_id) from access_log where subject = 'own sign-in'"));
    }

    [Fact]
    public async Task An_administrator_resets_it_for_who_lost_the_device()
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        var (name, _, _) = await TurnedOnAsync(host);
        var id = await TextAsync(host, $"select user_id::text from app_user where user_name = '{name}'");
        using var reset = await admin.FillInAsync($"/admin/users/{id}/second-factor", ("typed", name));
        Assert.Equal(HttpStatusCode.Found, reset.StatusCode);
        using var signedIn = await (await host.NewVisitorAsync()).SignInAsync(name, DashboardHost.OwnPassword);
        Assert.Equal("/mine", signedIn.Headers.Location!.ToString());
    }

    private static async Task<(string Name, string Key, string[] Codes)> TurnedOnAsync(DashboardHost host, Visitor? visitor = null)
    {
        var staff = visitor ?? await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        var key = await KeyAsync(staff);
        using var on = await staff.FillInAsync("/settings/second-factor", ("code", Authenticator.CodeOf(key)));
        Assert.Equal(HttpStatusCode.OK, on.StatusCode);
        Assert.True(on.Headers.CacheControl!.NoStore);
        var page = await new HtmlParser().ParseDocumentAsync(await on.Content.ReadAsStringAsync(Ct), Ct);
        await staff.ReadAsync("/settings");
        return (await TextAsync(host, "select user_name from app_user where user_name like 'staff-%'"), key, page.QuerySelector(".secret")!.TextContent.Split('\n'));
    }

    private static async Task<string> KeyAsync(Visitor visitor) =>
        (await visitor.ReadAsync("/settings/second-factor")).QuerySelector(".secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

    private static async Task<string> ProblemAsync(Visitor visitor, string code)
    {
        using var answer = await visitor.FillInAsync("/sign-in/code", ("code", code));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        return (await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Ct), Ct)).QuerySelector("[role=alert]")!.TextContent;
    }

    private static async Task<DashboardHost> GivenAsync()
    {
        var host = new DashboardHost { FromEverywhere = true };
        await host.InitializeAsync();
        return host;
    }

    private static async Task<string> TextAsync(DashboardHost host, string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }
}
