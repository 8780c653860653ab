using AngleSharp.Dom;
using Followthrough.Analytics.Jobs;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Tests.Dashboard;

public sealed class JobPageTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task Every_job_is_listed_with_its_times_in_words_and_its_zone()
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync("/data/jobs");
        Assert.Equal(JobCatalogue.All.Count, page.QuerySelectorAll("section[class~=list]:not(#runs) tbody tr").Length);
        var refresh = page.QuerySelector("section[class~=list]:not(#runs) tbody tr")!;
        Assert.Contains("Refresh of the ledger", refresh.TextContent, StringComparison.Ordinal);
        Assert.Contains("every minute", refresh.TextContent, StringComparison.Ordinal);
        Assert.Contains("Etc/UTC", refresh.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_show_how_far_they_are_and_how_they_ended()
    {
        await using var own = new DashboardHost();
        await own.InitializeAsync();
        var visitor = await own.NewSignedInAsync();
        await ExecuteAsync(own, """
            insert into job_run (job, cause, started_at, seen_at, finished_at, outcome, batch_cut_off, done, total, written, removed, error) values
            ('ledger_refresh', 'schedule', '2026-09-15T12:00:01Z', '2026-09-15T12:00:02Z', '2026-09-15T12:00:02Z', 'failed', 3, 10, 40, 0, 0, 'the disk is <full>'),
            ('ledger_refresh', 'facts', '2026-09-15T12:00:03Z', '2026-09-15T12:00:04Z', null, 'running', 3, 1200, 5000, 0, 0, null)
            """);
        var page = await visitor.ReadAsync("/data/jobs");
        var rows = page.QuerySelectorAll("#runs tbody tr").Select(Words).ToList();
        Assert.Contains("Running", rows[0], StringComparison.Ordinal);
        Assert.Contains("1,200 of 5,000 accounts, 24\u00a0%", rows[0], StringComparison.Ordinal);
        Assert.Contains("Failed", rows[1], StringComparison.Ordinal);
        Assert.Contains("the disk is <full>", rows[1], StringComparison.Ordinal);
        Assert.Contains("10 of 40 accounts, 25\u00a0%", rows[1], StringComparison.Ordinal);
        Assert.Equal("every 2s", page.QuerySelector("#runs")!.GetAttribute("hx-trigger"));
        // Every screen about data says that the figures are about to change.
        foreach (var path in new[] { "/data", "/data/quarantine", "/data/facts", "/data/jobs" })
            Assert.Contains("Refreshing the ledger: 1,200 of 5,000 accounts, 24\u00a0%", (await visitor.ReadAsync(path)).QuerySelector(".notice.refreshing")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 failed the last time", page.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_says_who_started_it_and_where_something_is_done_about_what_it_found()
    {
        var visitor = await host.SignedInAsync();
        await ExecuteAsync(host, """
            insert into access_log (at, who, action, subject) values ('2026-09-15T10:00:00Z', 'eve', 'job_started', 'churn_score');
            insert into job_run (job, cause, started_at, seen_at, finished_at, outcome, batch_cut_off, done, total, written, removed, note) values
            ('churn_score', 'schedule', '2026-09-15T10:00:02Z', '2026-09-15T10:00:03Z', '2026-09-15T10:00:03Z', 'succeeded', 3, 9, 9, 9, 0, 'The customers have changed.'),
            ('churn_score', 'schedule', '2026-09-15T10:30:00Z', '2026-09-15T10:30:01Z', '2026-09-15T10:30:01Z', 'succeeded', 3, 9, 9, 9, 0, 'As before.')
            """);
        var runs = (await visitor.ReadAsync("/data/jobs")).QuerySelectorAll("#runs tbody tr").Where(row => row.TextContent.Contains("Scoring of who may leave", StringComparison.Ordinal)).ToList();
        Assert.Equal(["its time had come", "started by hand by eve"], runs.Select(run => run.QuerySelector("[data-label=Because]")!.TextContent));
        Assert.StartsWith("/churn/model", runs[1].QuerySelector("th a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schedule_that_nobody_keeps_and_one_that_is_held_back_say_so()
    {
        await using var own = new DashboardHost();
        await own.InitializeAsync();
        var visitor = await own.NewSignedInAsync();
        await UntilScheduledAsync(own);
        await ExecuteAsync(own, "update quartz.triggers set next_fire_time = next_fire_time - 6000000000");
        Assert.Contains("no program takes part in the schedule", (await visitor.ReadAsync("/data/jobs")).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        await ExecuteAsync(own, "update quartz.triggers set trigger_state = 'ERROR'");
        var held = await visitor.ReadAsync("/data/jobs");
        Assert.Contains("held back", held.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_work_the_list_says_why_it_is_empty()
    {
        await using var empty = new DashboardHost { Empty = true };
        await empty.InitializeAsync();
        var visitor = await empty.NewSignedInAsync();
        var page = await visitor.ReadAsync("/data/jobs");
        // A refresh of the empty ledger that is just running is listed until it ends.
        for (var tries = 0; page.QuerySelector("#runs .nothing") is null && tries < 20; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TestContext.Current.CancellationToken);
            page = await visitor.ReadAsync("/data/jobs");
        }
        Assert.Contains("No run has found anything to do yet", page.QuerySelector("#runs .nothing")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".notice.refreshing"));
    }

    [Theory]
    [InlineData("0 * * * * ?", "every minute")]
    [InlineData("0 0/5 * * * ?", "every 5 minutes")]
    [InlineData("0 0 * * * ?", "hourly, on the hour")]
    [InlineData("0 7 * * * ?", "hourly at 7 past")]
    [InlineData("0 30 2 * * ?", "daily at 02:30")]
    [InlineData("0 5 23 ? * SUN", "every Sunday at 23:05")]
    [InlineData("0 0 3 1 * ?", "0 0 3 1 * ?")]
    public void Times_are_said_in_words_and_where_there_are_none_as_they_are(string cron, string words) => Assert.Equal(words, CronWords.Of(cron));

    [Fact]
    public void Every_job_of_the_catalogue_has_times_in_words_and_a_zone_that_exists() =>
        Assert.All(JobCatalogue.All, job =>
        {
            Assert.NotEqual(job.Cron, CronWords.Of(job.Cron));
            Assert.True(TimeZoneInfo.TryFindSystemTimeZoneById(job.Zone, out _));
        });

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static async Task UntilScheduledAsync(DashboardHost own)
    {
        await using var count = own.Database.DataSource.CreateCommand("select count(*) from quartz.triggers where trigger_state = 'WAITING'");
        for (var tries = 0; (long)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))! < JobCatalogue.All.Count; tries++)
        {
            Assert.True(tries < 200, "Nothing was scheduled.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static async Task ExecuteAsync(DashboardHost own, string sql)
    {
        await using var command = own.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
