using static Microsoft.Playwright.Assertions;

namespace Followthrough.Tests.Browser;

/// <summary>Writing a pay plan: form and text change each other, what comes of it is drawn beside, and nothing holds before it is saved.</summary>
public sealed class PlanTests(BrowsedDashboard dashboard) : IClassFixture<BrowsedDashboard>
{
    [Fact]
    public async Task A_plan_is_written_looked_at_saved_and_tried()
    {
        await using var window = await dashboard.OpenAsync();
        var (page, complaints) = await BrowsedDashboard.WatchAsync(window);
        await page.GotoAsync(dashboard.At("/pay/plans/new?like=account-manager"));
        await page.FillAsync("[id='f.components.0.points.0.at']", "80");
        await page.PressAsync("[id='f.components.0.points.0.at']", "Tab");
        await Expect(page.Locator("#preview .plan-part", new() { HasText = "Below 80 % it pays nothing" })).ToHaveCountAsync(1);
        await Expect(page.Locator("textarea")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("at: 80, pays: 50"));
        await Expect(page.Locator("#preview .chart svg")).ToHaveCountAsync(6);

        var text = await page.InputValueAsync("textarea");
        await page.FillAsync("textarea", text.Replace("weight: 40", "weight: 50", StringComparison.Ordinal));
        await Expect(page.Locator(".plan-faults .problem")).ToContainTextAsync("The weights add up to 110, not to 100");
        await page.FillAsync("textarea", text.Replace("plan: account-manager", "plan: browsed", StringComparison.Ordinal));
        await Expect(page.Locator(".plan-faults")).ToHaveCountAsync(0);
        await page.FillAsync("[name=from_day]", "2026-01-01");
        await page.FillAsync("[name=reason]", "Read by whom it pays");
        await page.ClickAsync("text=Save the plan");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Account managers");
        await page.SelectOptionAsync("[name=staff]", "hr:S1");
        await page.ClickAsync("text=Take in");
        await Expect(page.Locator("#members tbody tr")).ToHaveCountAsync(1);

        await page.ClickAsync("text=What if");
        await page.FillAsync("[id='f.incentive']", "8000");
        await page.ClickAsync("text=Test it on the last 8");
        await Expect(page.Locator("#tested tbody tr")).ToHaveCountAsync(8);
        await Expect(page.Locator("#tested progress")).ToHaveCountAsync(0);
        await Expect(page.Locator("#tested .chart svg").First).ToBeVisibleAsync();
        await page.ClickAsync("text=Try it");
        await Expect(page.Locator("#trial tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task No_screen_of_plans_has_a_barrier_a_complaint_or_scrolls_sideways()
    {
        await using var window = await dashboard.OpenAsync();
        var (page, complaints) = await BrowsedDashboard.WatchAsync(window);
        await page.GotoAsync(dashboard.At("/pay/plans/new?like=sales-commission"));
        await page.FillAsync("textarea", (await page.InputValueAsync("textarea")).Replace("plan: sales-commission", "plan: looked-at", StringComparison.Ordinal));
        await page.FillAsync("[name=from_day]", "2026-01-01");
        await page.FillAsync("[name=reason]", "To be looked at");
        await page.ClickAsync("text=Save the plan");
        await page.SelectOptionAsync("[name=staff]", "hr:S1");
        await page.ClickAsync("text=Take in");
        var faults = new List<string>();
        foreach (var screen in (string[])["/pay/plans", "/pay/plans/new?like=service-team", "/pay/plans/looked-at", "/pay/plans/looked-at/edit", "/pay/plans/looked-at/what-if", "/pay/splits"])
        {
            await page.GotoAsync(dashboard.At(screen));
            faults.AddRange(await page.FaultsAsync());
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Empty(complaints);
    }
}
