using System.Net;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Dashboard.Access;

/// <summary>What the roles see of the small company: team T1 and person S1 have Acme, T2 and S2 the other two customers.</summary>
public sealed partial class ScopeTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task A_manager_sees_the_commitments_of_his_teams_and_nothing_of_others()
    {
        var manager = await host.NewSignedInAsAsync(Role.Manager, null, "hr:T1");
        var page = await manager.ReadAsync("/commitments?period=2026-Q3");
        Assert.Contains(SmallCompany.LongName, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(SmallCompany.RightToLeft, page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(["", "hr:T1"], page.QuerySelectorAll("select[name=team] option").Select(o => o.GetAttribute("value")));
        Assert.Equal(["", "hr:S1"], page.QuerySelectorAll("select[name=person] option").Select(o => o.GetAttribute("value")));
    }

    [Fact]
    public async Task Asking_for_another_team_or_person_by_address_gives_nothing_of_theirs()
    {
        var manager = await host.NewSignedInAsAsync(Role.Manager, null, "hr:T1");
        foreach (var filter in new[] { "team=hr:T2", "person=hr:S2", "account=crm:rtl" })
        {
            var page = await manager.ReadAsync($"/commitments?period=2026-Q3&{filter}");
            Assert.DoesNotContain(SmallCompany.RightToLeft, page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("main tbody tr a[href^='/commitments/']"));
        }
    }

    [Fact]
    public async Task Somebody_of_the_staff_sees_his_own_record()
    {
        var staff = await host.NewSignedInAsAsync(Role.Staff, "hr:S2");
        var page = await staff.ReadAsync("/commitments?period=2026-Q3");
        Assert.Contains(SmallCompany.RightToLeft, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(SmallCompany.LongName, page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_not_been_said_to_be_anybody_sees_nothing_and_is_told_why()
    {
        foreach (var role in new[] { Role.Staff, Role.Manager })
        {
            var nobody = await host.NewSignedInAsAsync(role);
            var page = await nobody.ReadAsync("/commitments?period=2026-Q3");
            Assert.Contains("Nobody has said yet which person or which teams you are", page.Body!.TextContent, StringComparison.Ordinal);
            Assert.Empty(page.QuerySelectorAll("main tbody tr a[href^='/commitments/']"));
        }
    }

    [Fact]
    public async Task The_search_finds_and_the_record_shows_only_the_viewers_customers()
    {
        var staff = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        var found = await staff.ReadAsync("/search/suggestions?q=crm:rtl");
        Assert.DoesNotContain(SmallCompany.RightToLeft, found.Body!.TextContent, StringComparison.Ordinal);
        await staff.ReadAsync($"/data/record/account/{Followthrough.Dashboard.Commitments.CommitmentPath.Encode("crm:acme")}/{Followthrough.Dashboard.Commitments.CommitmentPath.Encode("crm:acme")}");
        await staff.ReadAsync(
            $"/data/record/account/{Followthrough.Dashboard.Commitments.CommitmentPath.Encode("crm:rtl")}/{Followthrough.Dashboard.Commitments.CommitmentPath.Encode("crm:rtl")}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_refused_looks_like_what_is_not_there()
    {
        var manager = await host.NewSignedInAsAsync(Role.Manager, null, "hr:T1");
        using var refused = await manager.GetAsync("/data/quarantine");
        using var absent = await manager.GetAsync("/data/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        Assert.Equal(await WithoutReferenceAsync(absent, "/data/no-such-page"), await WithoutReferenceAsync(refused, "/data/quarantine"));
        Assert.Empty((await manager.ReadAsync("/")).QuerySelectorAll("a[href^='/data']"));
    }

    [Fact]
    public async Task An_auditor_reads_the_quarantine_and_cannot_mend_it()
    {
        var auditor = await host.NewSignedInAsAsync(Role.Auditor);
        var page = await auditor.ReadAsync("/data/quarantine");
        Assert.Null(page.QuerySelector("#replay"));
        await auditor.ReadAsync("/data/quarantine/replay?all=true", HttpStatusCode.NotFound);
        Assert.Null((await auditor.ReadAsync("/data/sources")).QuerySelector("main form, main a[href*='/new']"));
        await auditor.ReadAsync("/data/sources/new", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Who_is_disabled_is_out_with_the_next_request_and_stays_out()
    {
        var staff = await host.NewSignedInAsAsync(Role.Staff, "hr:S1");
        await staff.ReadAsync("/");
        await using (var disable = host.Database.DataSource.CreateCommand(
            "update app_user set disabled_at = now() where user_id in (select user_id from app_user_role join app_role using (role_id) where name = 'staff')"))
            await disable.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        using var answer = await staff.GetAsync("/");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/sign-in", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_parts_that_two_managers_see_add_up_to_the_whole_and_overlap_nowhere()
    {
        var counts = new List<int>();
        foreach (var visitor in new[] { await host.NewSignedInAsAsync(Role.Manager, null, "hr:T1"), await host.NewSignedInAsAsync(Role.Manager, null, "hr:T2"), await host.NewSignedInAsAsync(Role.Auditor) })
        {
            using var file = await visitor.GetAsync("/commitments.csv?period=2026-Q3");
            var rows = (await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd().Split('\n').Length - 1;
            Assert.Equal($"{rows}", Assert.Single(file.Headers.GetValues("X-Row-Count")));
            Assert.Contains($"of {rows}", (await visitor.ReadAsync("/commitments?period=2026-Q3")).QuerySelector(".pager .total")!.TextContent, StringComparison.Ordinal);
            counts.Add(rows);
        }
        Assert.Equal(counts[2], counts[0] + counts[1]);
        Assert.All(counts, count => Assert.True(count > 0));
    }

    private static async Task<string> WithoutReferenceAsync(HttpResponseMessage answer, string path) =>
        Varying().Replace(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "").Replace(path, "", StringComparison.Ordinal);

    [GeneratedRegex("<code>[^<]*</code>|value=\"CfDJ[^\"]*\"")]
    private static partial Regex Varying();
}
