using System.Text;
using Followthrough.Dashboard.Data;
using Followthrough.Tests.Dashboard.Mappings;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Followthrough.Tests.Browser;

/// <summary>Somebody connects a file in a browser, on a desk and on a phone.</summary>
public sealed class ConnectTests(BrowsedDashboard dashboard) : IClassFixture<BrowsedDashboard>
{
    [Fact]
    public async Task From_a_file_to_its_rows()
    {
        await using var window = await dashboard.OpenAsync();
        var (page, complaints) = await BrowsedDashboard.WatchAsync(window);
        const string name = "journey";
        await page.GotoAsync(dashboard.At("/data/sources"));
        await page.ClickAsync("text=Connect files");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "calls-2026-09.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Connecting.Calls) });
        await page.ClickAsync("text=Upload it");
        await Expect(page.Locator("h1")).ToHaveTextAsync("calls-2026-09.csv");
        Assert.Empty(await page.FaultsAsync());
        await page.FillAsync("[name=name]", name);
        await page.ClickAsync("text=Go on to the columns");
        await Expect(page.Locator("[name='from.account'] option:checked")).ToContainTextAsync("Customer");
        Assert.Empty(await page.FaultsAsync());
        // What is always the same is asked for only where that is chosen.
        await Expect(page.Locator("[name='text.account']")).ToBeHiddenAsync();
        await Expect(page.Locator("[name='text.channel']")).ToHaveValueAsync("phone");
        await page.FillAsync("[name=prefix]", name);
        await page.FillAsync("[name='prefix.account']", name);
        await page.CheckAsync("[name=accounts]");
        await page.SelectOptionAsync("[name=account_name]", new SelectOptionValue { Label = "Customer Name" });
        await page.ClickAsync("button:text-is('Check')");
        await Expect(page.Locator(".finding")).ToHaveTextAsync("3 records make 2 account and 2 interaction facts; 1 would be rejected. Nothing is written yet.");
        Assert.Empty(await page.FaultsAsync());
        await page.ClickAsync("text=Save the mapping");
        Assert.Empty(await page.FaultsAsync());
        await page.ClickAsync("text=Load this file now");
        await Expect(page.Locator(".notice.done")).ToHaveTextAsync("It is in, apart from what was rejected. The figures follow within seconds.");
        Assert.Empty(await page.FaultsAsync());
        await page.ClickAsync("text=1, in quarantine");
        await Expect(page.Locator("table.rows tbody")).ToContainTextAsync("'sideways' is not known");
        await page.GotoAsync(dashboard.At(RecordPath.Of("interaction", $"{name}:K1", $"{name}:1001")));
        await page.ClickAsync("details.source summary");
        await Expect(page.Locator(".record")).ToContainTextAsync("1001;03/04/2026 10:15;K1;Acme;in;Ann;125");
        await page.GotoAsync(dashboard.At($"/data/mappings/own/{name}"));
        await Expect(page.Locator("textarea")).ToContainTextAsync($"{name}:{{Call ID}}");
        Assert.Empty(await page.FaultsAsync());
        Assert.Empty(complaints);
    }
}
