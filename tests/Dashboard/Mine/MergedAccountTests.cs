using System.Net;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Identity;
using static Followthrough.Tests.Dashboard.Mine.WorkingDayHost;

namespace Followthrough.Tests.Dashboard.Mine;

/// <summary>A customer is found to be another one in the middle of the day: links and what was just said go on working.</summary>
public sealed class MergedAccountTests(WorkingDayHost day) : IClassFixture<WorkingDayHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_outcome_is_taken_back_and_old_links_lead_to_the_customer_it_became()
    {
        var ada = await day.AdaAsync();
        await ClickAsync(ada, Row(await ada.ReadAsync("/mine"), "respond", WorkingDay.DueToday).QuerySelector("[data-outcome=called]")!);
        var db = day.Host.Database.DataSource;
        await new AccountMerges(db, new StoppedClock(SmallCompany.Now)).MergeAsync(
            new MergeRequest { Key = WorkingDay.Acme, Into = WorkingDay.Other, By = "mona", Reason = "same firm" }, Ct);
        await RefreshedAsync();

        // Whoever owns the customer now, what she said is hers to take back.
        var mine = await ada.ReadAsync("/mine");
        Assert.Contains("Other & Sons", mine.QuerySelector(".done")!.TextContent, StringComparison.Ordinal);
        var executive = await day.Host.NewSignedInAsAsync(Role.Executive);
        var address = $"/commitments/respond/{WorkingDay.Acme}/{WorkingDay.DueToday}";
        Assert.StartsWith("We answered", (await executive.ReadAsync(address)).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        await ClickAsync(ada, mine.QuerySelector(".undo")!);
        await RefreshedAsync();
        Assert.StartsWith("The customer is waiting", (await executive.ReadAsync(address)).QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);

        var listed = await executive.ReadAsync($"/commitments?account={WorkingDay.Acme}");
        Assert.Equal("Other & Sons", listed.QuerySelector(".filter-chip b")!.TextContent);
        Assert.NotEmpty(listed.QuerySelectorAll("table.cards tbody tr"));
        using var account = await executive.GetAsync($"/accounts/{WorkingDay.Acme}?period=2026-Q3");
        Assert.Equal(HttpStatusCode.Found, account.StatusCode);
        Assert.Equal($"/accounts/{WorkingDay.Other}?period=2026-Q3", account.Headers.Location!.ToString());
        // Nor does the way there tell a stranger more than that there is nothing.
        var manager = await day.Host.NewSignedInAsAsync(Role.Manager, null, "hr:T3");
        using var refused = await manager.GetAsync($"/accounts/{WorkingDay.Acme}");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    private async Task RefreshedAsync()
    {
        await using var ask = day.Host.Database.DataSource.CreateCommand("select count(*) from dirty_account");
        for (var look = 0; look < 200 && (long)(await ask.ExecuteScalarAsync(Ct))! > 0; look++) await Task.Delay(50, Ct);
    }
}
