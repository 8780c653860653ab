using System.Net;
using Followthrough.Analytics.Store;

namespace Followthrough.Tests.Dashboard.Admin;

/// <summary>Who did what is found again, on the screen and in a file, without what was typed or sent.</summary>
public sealed class LogPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_ins_tries_exports_and_changes_are_on_record_without_a_secret()
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        using (await (await host.NewVisitorAsync()).SignInAsync("my secret password", "another secret")) { }
        using (await (await host.NewVisitorAsync()).SignInAsync("admin", "wrong secret password")) { }
        using (await admin.GetAsync("/commitments.csv?period=2026-Q3&status=missed")) { }
        using (await admin.GetAsync("/metrics/net_revenue/rows.csv?period=2026-Q3")) { }
        using (await admin.FillInAsync("/data/sources/new", ("name", "shop"), ("scheme", "generic"), ("mapping", "stripe"), ("secret", "a secret of a sender"))) { }
        using (await admin.FillInAsync("/data/tokens/new", ("name", "billing"), ("days", "30"))) { }
        using (await admin.PostAsync("/data/quarantine/replay", new() { ["form_token"] = await admin.FormTokenAsync(), ["all"] = "true" })) { }
        var rows = (await admin.ReadAsync("/admin/log")).QuerySelectorAll("table.log tbody tr")
            .Select(row => string.Join('|', row.Children.Skip(1).Take(3).Select(cell => cell.TextContent.Trim()))).ToList();
        Assert.Equal(
        [
            "admin|replayed|records, all that are open", "admin|token made|token billing that sends facts", "admin|source added|source shop",
            "admin|exported|net_revenue.csv, 0 rows, period=2026-Q3", "admin|exported|commitments.csv, 3 rows, status=missed&period=2026-Q3",
            "admin|sign in refused|wrong password, from this machine", "(nobody)|sign in refused|no such user, from this machine",
            "admin|password chosen|own sign-in; every other session of it ended", "admin|signed in|password, from this machine",
        ], rows);
        await using var command = host.Database.DataSource.CreateCommand("select count(*) from access_log l where l::text ~ 'secret (pass|of)|another secret|ft_'");
        Assert.Equal(0L, await command.ExecuteScalarAsync(Ct));
    }

    [Fact]
    public async Task It_is_searched_by_who_what_and_day_and_taken_away_as_it_is_shown()
    {
        await using var host = await GivenAsync();
        await FillAsync(host, 120);
        var auditor = await host.NewSignedInAsAsync(Role.Auditor);
        var page = await auditor.ReadAsync("/admin/log?who=mia&action=exported&day=2026-08-01");
        Assert.Equal("24 entries found.", page.QuerySelector(".finding")!.TextContent.Replace('\u00a0', ' '));
        using var file = await auditor.GetAsync(page.QuerySelector("footer.pager a[href*='.csv']")!.GetAttribute("href")!);
        var lines = (await file.Content.ReadAsStringAsync(Ct)).TrimEnd().Split('\n');
        Assert.Equal("24", Assert.Single(file.Headers.GetValues("X-Row-Count")));
        Assert.Equal(25, lines.Length);
        Assert.Equal("2026-08-01T10:00:00Z,mia,exported,'=1+1,before,after", lines[^1].Trim());
        Assert.Equal("Page 3 of 3", (await auditor.ReadAsync("/admin/log?page=3")).QuerySelector(".page-links span")!.TextContent);
        // The file was itself taken away.
        Assert.Contains("log of mia, 24 rows", (await auditor.ReadAsync("/admin/log?action=exported&subject=log of")).QuerySelector("table.log tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("day=yesterday")]
    [InlineData("who=%00")]
    [InlineData("day=0001-01-01")]
    public async Task What_cannot_be_understood_is_said_to_be_so(string search)
    {
        await using var host = await GivenAsync();
        var admin = await host.NewSignedInAsync();
        using var page = await admin.GetAsync($"/admin/log?{search}");
        using var file = await admin.GetAsync($"/admin/log.csv?{search}");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (page.StatusCode, file.StatusCode));
    }

    private static async Task FillAsync(DashboardHost host, int entries)
    {
        await using var command = host.Database.DataSource.CreateCommand("""
            insert into access_log (at, who, action, subject, before, after)
            select timestamptz '2026-08-01T10:00:00Z' + n / 24 * interval '1 day', 'mia', 'exported', '=1+1', 'before', 'after'
            from generate_series(0, $1 - 1) n
            """);
        command.Parameters.AddWithValue(entries);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<DashboardHost> GivenAsync()
    {
        var host = new DashboardHost();
        await host.InitializeAsync();
        return host;
    }
}
