using System.Net;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Store;
using Microsoft.AspNetCore.Routing;

namespace Followthrough.Tests.Dashboard.Access;

/// <summary>Every endpoint, asked by every role, answers as matrix.md says; what is refused cannot be told from what is not there.</summary>
public sealed partial class AccessMatrixTests(RoleVisitors visitors) : IClassFixture<RoleVisitors>
{
    private static readonly string[] Narrow = [Role.Manager, Role.Staff];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Lines => new(AccessTable.Read().Select(line => line.Name));

    [Fact]
    public async Task Every_endpoint_is_in_the_table_and_every_line_of_the_table_is_an_endpoint()
    {
        var mapped = (await visitors.Host.PartAsync<EndpointDataSource>()).Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {e.RoutePattern.RawText}"));
        Assert.Equal(mapped.Order(StringComparer.Ordinal), AccessTable.Read().Select(line => line.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Each_role_is_let_through_or_finds_nothing(string name)
    {
        var line = Find(name);
        foreach (var role in Role.All)
        {
            var visitor = await visitors.OfAsync(role);
            using var answer = await AskAsync(visitor, line, visitors.Address(line.Example));
            if (line.Roles.Contains(role))
                Assert.True(IsLetThrough(answer), $"{role} may, but was answered {(int)answer.StatusCode}");
            else
                await AssertAbsentAsync(visitor, line, answer, role);
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Strangers_are_let_in_or_asked_who_they_are(string name)
    {
        var line = Find(name);
        using var answer = await AskAsync(await visitors.OfAsync(null), line, visitors.Address(line.Example));
        switch (line.Anonymous)
        {
            case "open":
                Assert.True(IsLetThrough(answer), $"answered {(int)answer.StatusCode}");
                break;
            case "token" or "key":
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
                Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
                break;
            default:
                Assert.Equal("sign-in", line.Anonymous);
                Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
                Assert.StartsWith("/sign-in", answer.Headers.Location!.PathAndQuery(), StringComparison.Ordinal);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Who_sees_a_part_finds_nothing_of_the_others(string name)
    {
        var line = Find(name);
        Assert.Contains(line.Scope, (string[])["own", "all", "none"]);
        Assert.False(line.Scope == "all" && line.Roles.Intersect(Narrow).Any(), "Whoever sees a part may not be shown all of it.");
        foreach (var role in Narrow.Intersect(line.Roles))
        {
            var visitor = await visitors.OfAsync(role);
            using var answer = await AskAsync(visitor, line, visitors.Address(line.Example));
            AssertNothingForeign(await answer.Content.ReadAsStringAsync(Ct), role, "");
            if (line.Foreign is null) continue;
            using var foreign = await AskAsync(visitor, line, visitors.Address(line.Foreign));
            if (line.Foreign.Contains('?', StringComparison.Ordinal))
                AssertNothingForeign(await foreign.Content.ReadAsStringAsync(Ct), role, line.Foreign);
            else
                await AssertAbsentAsync(visitor, line with { Example = line.Foreign }, foreign, role);
        }
    }

    [Fact]
    public async Task A_form_s_address_opened_by_hand_cannot_be_told_from_none()
    {
        var staff = await visitors.OfAsync(Role.Staff);
        var table = AccessTable.Read();
        foreach (var line in table.Where(l => l.Method == "POST" && !l.Roles.Contains(Role.Staff) && l.Anonymous == "sign-in" && !table.Any(other => other.Route == l.Route && other.Method == "GET")))
        {
            var asked = line with { Method = "GET", Example = visitors.Address(line.Example) };
            using var answer = await AskAsync(staff, asked, asked.Example);
            await AssertAbsentAsync(staff, asked, answer, Role.Staff);
        }
    }

    [Fact]
    public async Task What_the_narrow_roles_must_not_find_is_there_for_the_others()
    {
        var page = WebUtility.HtmlDecode((await (await visitors.OfAsync(Role.Executive)).ReadAsync("/commitments?period=2026-Q3")).DocumentElement.OuterHtml);
        Assert.All(RoleVisitors.Foreign.Where(text => text is not SmallCompany.HostileAccount), text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_form_without_its_token_changes_nothing(string name)
    {
        var line = Find(name);
        if (line.Method != "POST" || line.Anonymous == "token" || line.Route.StartsWith("/hooks", StringComparison.Ordinal)) return;
        var visitor = await visitors.OfAsync(Role.Administrator);
        var before = await StateAsync();
        using var answer = await visitor.PostAsync(visitors.Address(line.Example).Split('?')[0], Fields(line));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, await StateAsync());
    }

    private Task<string> StateAsync() => visitors.TextAsync("""
        select md5(concat_ws('|',
          (select string_agg(a::text, '|' order by user_id) from app_user a), (select string_agg(r::text, '|' order by r) from app_user_role r),
          (select string_agg(t::text, '|' order by api_token_id) from api_token t), (select string_agg(h::text, '|' order by name) from hook_source h),
          (select string_agg(q::text, '|' order by quarantine_id) from quarantine q), (select max(access_log_id) from access_log)))
        """);

    private static AccessLine Find(string name) => AccessTable.Read().Single(line => line.Name == name);

    private static async Task<HttpResponseMessage> AskAsync(Visitor visitor, AccessLine line, string address)
    {
        if (line.Method == "GET") return await visitor.GetAsync(address);
        var fields = Fields(line);
        if (line.Form != "!") fields["form_token"] = await visitor.FormTokenAsync();
        return await visitor.PostAsync(address, fields);
    }

    private static Dictionary<string, string> Fields(AccessLine line) =>
        line.Form is null or "!" ? [] : line.Form.Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    // Wrong fields are answered too: what matters here is who gets as far as the form.
    private static bool IsLetThrough(HttpResponseMessage answer) =>
        answer.StatusCode < HttpStatusCode.InternalServerError && answer.StatusCode != HttpStatusCode.NotFound
        && answer.Headers.WwwAuthenticate.Count == 0 && answer.Headers.Location?.PathAndQuery().StartsWith("/sign-in?to", StringComparison.Ordinal) != true;

    private async Task AssertAbsentAsync(Visitor visitor, AccessLine line, HttpResponseMessage refused, string role)
    {
        // Something of the same place that there never was.
        var there = visitors.Address(line.Example);
        var parts = there.Split('?', 2);
        var nowhere = string.Join('?', [parts[0] + "none", .. parts[1..]]);
        if (line.Anonymous == "token")
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            return;
        }
        using var absent = await AskAsync(visitor, line, nowhere);
        Assert.True(refused.StatusCode == HttpStatusCode.NotFound, $"{role} may not, but was answered {(int)refused.StatusCode}");
        Assert.Equal(Headers(absent), Headers(refused));
        Assert.Equal(
            WithoutAddress(await absent.Content.ReadAsStringAsync(Ct), nowhere), WithoutAddress(await refused.Content.ReadAsStringAsync(Ct), there));
    }

    private static List<string> Headers(HttpResponseMessage answer) =>
    [
        $"{(int)answer.StatusCode}",
        .. answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Content-Length" or "Set-Cookie"))
            .Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order(StringComparer.Ordinal),
    ];

    // Everything but the reference, the form's token and the address that was asked for.
    private static string WithoutAddress(string body, string address) => Varying().Replace(body, "")
        .Replace($"=\"{WebUtility.HtmlEncode(address)}", "=\"", StringComparison.Ordinal)
        .Replace($"=\"{WebUtility.HtmlEncode(address.Split('?')[0])}", "=\"", StringComparison.Ordinal);

    // What was asked for is said again, for example as the filter that is set.
    private static void AssertNothingForeign(string body, string role, string asked)
    {
        var text = WebUtility.HtmlDecode(body);
        Assert.All(RoleVisitors.Foreign.Where(foreign => !asked.Contains(foreign, StringComparison.Ordinal)), foreign => Assert.False(text.Contains(foreign, StringComparison.Ordinal), $"{role} finds {foreign}"));
    }

    [GeneratedRegex("<code>[^<]*</code>|value=\"CfDJ[^\"]*\"|Reference: [0-9a-f]+")]
    private static partial Regex Varying();
}
