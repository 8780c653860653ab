using System.Net;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Access;

/// <summary>Signing in elsewhere lets in the one user with the address that was proved there, and makes nobody a user.</summary>
public sealed class ExternalSignInTests : IAsyncLifetime
{
    private const string Start = "/sign-in/elsewhere?to=%2Fcommitments";
    private const string Refused = "/sign-in?refused=true";

    private readonly DirectoryInfo _folder = TestFolder.Create("followthrough-oauth-");
    private OtherSignIn _other = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _other = await OtherSignIn.StartAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Who_is_known_by_his_address_comes_in_and_goes_where_he_wanted()
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewVisitorAsync();
        Assert.Contains("Sign in with Example", (await visitor.ReadAsync("/sign-in")).Body!.TextContent, StringComparison.Ordinal);
        _other.User = """{ "email": "Ada@Example.com", "email_verified": true }""";
        Assert.Equal("/commitments", await OtherSignIn.ComeBackAsync(visitor, Start));
        await visitor.ReadAsync("/commitments");
        Assert.Equal(["the secret"], _other.Secrets);
    }

    [Theory]
    [InlineData("""{ "email": "nobody@example.com", "email_verified": true }""")]
    [InlineData("""{ "email": "ada@example.com", "email_verified": false }""")]
    [InlineData("""{ "email": "ada@example.com" }""")]
    [InlineData("""{ "email": "", "email_verified": true }""")]
    [InlineData("""{ "email": 1, "email_verified": true }""")]
    [InlineData("{}")]
    public async Task Whose_address_is_unknown_or_unproved_stays_out(string user)
    {
        await using var host = await GivenAsync();
        var visitor = await host.NewVisitorAsync();
        _other.User = user;
        Assert.Equal(Refused, await OtherSignIn.ComeBackAsync(visitor, Start));
        using var closed = await visitor.GetAsync("/commitments");
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
        Assert.Contains("did not lead to a user", (await visitor.ReadAsync(Refused, HttpStatusCode.Unauthorized)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_disabled_stays_out_and_a_made_up_code_or_state_gets_nobody_in()
    {
        await using var host = await GivenAsync();
        _other.User = """{ "email": "ada@example.com", "email_verified": true }""";
        var visitor = await host.NewVisitorAsync();
        Assert.Equal(Refused, await OtherSignIn.ComeBackAsync(visitor, Start, "made-up"));
        using var stateless = await visitor.GetAsync("/sign-in/back?code=code-of-one-sign-in&state=made-up");
        Assert.Equal(Refused, stateless.Headers.Location!.PathAndQuery());
        using var straight = await visitor.GetAsync("/sign-in/arrived?to=/");
        Assert.Equal("/sign-in", straight.Headers.Location!.PathAndQuery());
        await RunAsync(host, "update app_user set disabled_at = now()");
        Assert.Equal(Refused, await OtherSignIn.ComeBackAsync(visitor, Start));
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_all_the_same_and_a_one_time_password_ends()
    {
        await using var host = await GivenAsync();
        _other.User = """{ "email": "ada@example.com", "email_verified": true }""";
        var ada = await host.NewVisitorAsync();
        await OtherSignIn.ComeBackAsync(ada, Start);
        var key = (await ada.ReadAsync("/settings/second-factor")).QuerySelector(".secret")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        using var on = await ada.FillInAsync("/settings/second-factor", ("code", Authenticator.CodeOf(key)));
        Assert.Equal(HttpStatusCode.OK, on.StatusCode);
        await RunAsync(host, "update app_user set must_choose_password = true where email is not null");
        Assert.Equal("/sign-in/code?to=%2Fcommitments", await OtherSignIn.ComeBackAsync(await host.NewVisitorAsync(), Start));
        await using var command = host.Database.DataSource.CreateCommand("select password_hash is null and not must_choose_password from app_user where email is not null");
        Assert.True((bool)(await command.ExecuteScalarAsync(Ct))!);
    }

    [Fact]
    public async Task It_leads_to_no_other_site()
    {
        await using var host = await GivenAsync();
        _other.User = """{ "email": "ada@example.com", "email_verified": true }""";
        Assert.Equal("/", await OtherSignIn.ComeBackAsync(await host.NewVisitorAsync(), "/sign-in/elsewhere?to=%2F%2Fevil.example"));
    }

    [Fact]
    public async Task Without_settings_there_is_none()
    {
        await using var host = new DashboardHost { Empty = true };
        await host.InitializeAsync();
        var visitor = await host.NewVisitorAsync();
        using var answer = await visitor.GetAsync("/sign-in/elsewhere");
        Assert.Equal("/sign-in?to=%2Fsign-in%2Felsewhere", answer.Headers.Location!.PathAndQuery());
        Assert.Empty((await visitor.ReadAsync("/sign-in")).QuerySelectorAll(".elsewhere"));
    }

    private async Task<DashboardHost> GivenAsync()
    {
        var secret = Path.Combine(_folder.FullName, "secret");
        await File.WriteAllTextAsync(secret, "the secret\n", Ct);
        var host = new DashboardHost
        {
            FromEverywhere = true,
            Settings = new Dictionary<string, string>
            {
                ["SignIn:OAuth:Name"] = "Example",
                ["SignIn:OAuth:ClientId"] = "followthrough",
                ["SignIn:OAuth:ClientSecretFile"] = secret,
                ["SignIn:OAuth:AuthorizationEndpoint"] = $"{_other.Address}/authorize",
                ["SignIn:OAuth:TokenEndpoint"] = $"{_other.Address}/token",
                ["SignIn:OAuth:UserInformationEndpoint"] = $"{_other.Address}/user",
            },
        };
        await host.InitializeAsync();
        await host.NewSignedInAsAsync(Role.Executive);
        await RunAsync(host, "update app_user set email = 'ada@example.com', normalized_email = 'ADA@EXAMPLE.COM' where user_name like 'executive-%'");
        return host;
    }

    private static async Task RunAsync(DashboardHost host, string sql)
    {
        await using var command = host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
