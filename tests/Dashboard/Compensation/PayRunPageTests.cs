using System.Globalization;
using System.Net;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Dashboard.Api;
using static Followthrough.Tests.Dashboard.Compensation.PayForms;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>Runs that are still open, each in a company of its own: what one test does to a run another would find.</summary>
public sealed class PayRunPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_goes_from_draft_to_lock_by_three_people_and_never_by_two()
    {
        await using var own = new DashboardHost();
        await own.InitializeAsync();
        await own.SignedInAsync();
        await SmallPay.PlanAsync(own.Database.DataSource);
        var (preparer, approver) = (await own.NewSignedInAsAsync(Role.Executive), await own.NewSignedInAsAsync(Role.Executive));
        var reviewers = new[] { await own.NewSignedInAsAsync(Role.Manager, null, "hr:T1"), await own.NewSignedInAsAsync(Role.Manager, null, "hr:T2") };
        using var made = await preparer.PostAsync("/pay/runs", await FormAsync(preparer, ("what", $"{SmallPay.Plan} 2026-07")));
        var run = made.Headers.Location!.OriginalString;

        await DoAsync(preparer, run + "/send", HttpStatusCode.Found);
        Assert.Contains("nobody has reviewed", await DoAsync(approver, run + "/approve", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Null((await preparer.ReadAsync(run)).QuerySelector("#review"));
        Assert.Contains("reviewed by somebody else", await DoAsync(preparer, run + "/review", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Matches(@"can be reviewed by .*manager-[0-9a-f]+ \(1\)", (await preparer.ReadAsync(run)).QuerySelector("#waits")!.TextContent);
        Assert.Contains("1 statement, with 1,000.00 EUR to be paid", Plain((await reviewers[0].ReadAsync(run)).QuerySelector("#review p")!.TextContent), StringComparison.Ordinal);
        foreach (var reviewer in reviewers) await DoAsync(reviewer, run + "/review", HttpStatusCode.Found);
        Assert.NotNull((await reviewers[1].ReadAsync(run)).QuerySelector("#withdraw"));
        await DoAsync(reviewers[1], run + "/withdraw", HttpStatusCode.Found);
        Assert.Contains("1 of its statements nobody has reviewed", await DoAsync(approver, run + "/approve", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await DoAsync(reviewers[1], run + "/review", HttpStatusCode.Found);
        Assert.Contains("somebody approves it who neither prepared nor reviewed it", (await reviewers[0].ReadAsync(run)).QuerySelector("#waits")!.TextContent, StringComparison.Ordinal);
        var waits = (await preparer.ReadAsync(run)).QuerySelector("#waits")!.TextContent;
        Assert.Matches("can be approved by admin or executive-[0-9a-f]+\\. Not by who has a part in it: executive-[0-9a-f]+ had a hand in preparing it\\.", waits);
        Assert.Contains("a hand in preparing", await DoAsync(preparer, run + "/approve", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await DoAsync(reviewers[0], run + "/approve", HttpStatusCode.NotFound);
        var asked = Plain((await approver.ReadAsync(run)).QuerySelector("#approve p")!.TextContent);
        Assert.StartsWith("1,000.00 EUR to be paid to 2 people.", asked, StringComparison.Ordinal);
        Assert.Contains("never unlocked", asked, StringComparison.Ordinal);
        using (var stale = await approver.PostAsync(run + "/approve", await FormAsync(approver, ("total", "999.00"))))
            Assert.Contains("it pays 1,000.00 and not 999.00", await stale.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(1000m, decimal.Parse((await approver.ReadAsync(run)).QuerySelector("#approve [name=total]")!.GetAttribute("value")!, CultureInfo.InvariantCulture));
        await DoAsync(approver, run + "/approve", HttpStatusCode.Found);

        Assert.Contains("Locked", (await approver.ReadAsync(run)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("is locked", await DoAsync(preparer, run + "/recalculate", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_executive_whom_the_plan_pays_cannot_approve_it_on_the_page()
    {
        await using var own = new DashboardHost();
        await own.InitializeAsync();
        await own.SignedInAsync();
        await SmallPay.PlanAsync(own.Database.DataSource);
        var runs = new PayRuns(own.Database.DataSource, new StoppedClock(SmallCompany.Now));
        var run = await runs.PrepareAsync(SmallPay.Plan, "2026-07", PayActor.CommandLine, Ct);
        await runs.SendAsync(run, PayActor.CommandLine, Ct);
        var paid = await own.NewSignedInAsAsync(Role.Executive, "hr:S1");
        await LastTakesNoPartAsync(own, run);
        await runs.ReviewAsync(run, new PayActor("reviewer", null, null), PayScope.Everything("reviewer"), Ct);

        Assert.Contains("This plan pays you", (await paid.ReadAsync($"/pay/runs/{run}")).QuerySelector("#next")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("This plan pays you", await DoAsync(paid, $"/pay/runs/{run}/approve", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    // The administrator is the only one whom it does not pay and who may approve: by no surface does he review it.
    private static async Task LastTakesNoPartAsync(DashboardHost own, long run)
    {
        var last = await own.SignedInAsync();
        var page = await last.ReadAsync($"/pay/runs/{run}");
        Assert.Contains("the only one left who can approve", page.QuerySelector("#part")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("#review"));
        Assert.Contains("then nobody can", await DoAsync(last, $"/pay/runs/{run}/review", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("then nobody can", await ProgramCalls.RefusedAsync(await own.NewProgramAsync(last, "pay"), $"/api/v1/pay/runs/{run}/review"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_not_there_for_whom_it_pays()
    {
        await using var own = new DashboardHost();
        await own.InitializeAsync();
        await own.SignedInAsync();
        await SmallPay.PlanAsync(own.Database.DataSource);
        var run = await new PayRuns(own.Database.DataSource, new StoppedClock(SmallCompany.Now)).PrepareAsync(SmallPay.Plan, "2026-07", PayActor.CommandLine, Ct);

        Assert.Equal(HttpStatusCode.NotFound, (await (await own.NewSignedInAsAsync(Role.Staff, "hr:S1")).GetAsync($"/pay/runs/{run}/hr:S1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await own.NewSignedInAsAsync(Role.Manager, null, "hr:T1")).GetAsync($"/pay/runs/{run}/hr:S1")).StatusCode);
    }
}
