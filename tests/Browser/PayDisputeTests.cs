using Followthrough.Analytics.Store;
using static Microsoft.Playwright.Assertions;

namespace Followthrough.Tests.Browser;

/// <summary>A dispute from raise to decision, each step by who may do it.</summary>
public sealed class PayDisputeTests(BrowsedPay pay) : IClassFixture<BrowsedPay>
{
    [Fact]
    public async Task She_disputes_a_line_her_manager_answers_and_a_second_approver_decides()
    {
        var (window, page, complaints) = await pay.OpenAsync(Role.Staff);
        await using (window)
        {
            await page.ClickAsync(".sidebar a:has-text('Compensation')");
            await Expect(page.Locator("h1")).ToHaveTextAsync("My pay");
            await page.ClickAsync("#own tbody a.cover");
            await Expect(page.Locator(".pay-sum tfoot td")).ToHaveTextAsync("1,000.00");
            await page.ClickAsync("a:has-text('Dispute this line')");
            await page.FillAsync("#dispute [name=expected]", "3 of 3 answered");
            await page.FillAsync("#dispute [name=evidence]", "the call of 21 July");
            await page.ClickAsync("#dispute button");
            await Expect(page.Locator(".finding")).ToHaveTextAsync("It waits for an answer.");
            // She neither answers nor decides her own.
            await Expect(page.Locator("#answer, #decide")).ToHaveCountAsync(0);
            Assert.Empty(complaints);
        }
        (window, page, complaints) = await pay.OpenAsync(Role.Manager);
        await using (window)
        {
            await page.GotoAsync(pay.At("/pay"));
            await page.ClickAsync("#disputes a.cover");
            await Expect(page.Locator("#decide")).ToHaveCountAsync(0);
            await page.FillAsync("#answer [name=words]", "I ask the telephone company for the record.");
            await page.ClickAsync("#answer button");
            await Expect(page.Locator(".verdict .chip")).ToHaveTextAsync("kept");
            Assert.Empty(complaints);
        }
        (window, page, complaints) = await pay.OpenAsync(Role.Executive);
        await using (window)
        {
            await page.GotoAsync(pay.At("/pay/disputes"));
            await page.ClickAsync("tbody a.cover");
            Assert.Empty(await page.FaultsAsync());
            await page.FillAsync("#decide [name=amount]", "50.00");
            await page.FillAsync("#decide [name=words]", "The call is in the record.");
            await page.ClickAsync("#decide button");
            await Expect(page.Locator(".finding")).ToHaveTextAsync("It was accepted.");
            await Expect(page.Locator("main")).ToContainTextAsync("It becomes a line of the next run of the plan, that of August 2026.");
            await page.GotoAsync(pay.At("/pay/disputes"));
            await Expect(page.Locator(".finding")).ToContainTextAsync("of 1 dispute answered within 24 h");
            Assert.Empty(complaints);
        }
    }

    [Fact]
    public async Task Screens_of_pay_have_no_serious_barrier_and_fit()
    {
        var (window, page, complaints) = await pay.OpenAsync(Role.Executive);
        await using var open = window;
        foreach (var screen in new[] { "/pay", "/pay/runs", $"/pay/runs/{pay.Run}", $"/pay/runs/{pay.Run}/hr:S1", $"/pay/runs/{pay.Run}/hr:S2", "/pay/disputes" })
        {
            await page.GotoAsync(pay.At(screen));
            Assert.Empty(await page.FaultsAsync());
        }
        Assert.Empty(complaints);
    }
}
