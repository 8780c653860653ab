using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Followthrough.Tests.Browser;

/// <summary>The account owner's day: sign in, see what is owed, say that it is done, take it back.</summary>
public sealed class AccountOwnerTests(BrowsedWorkingDay day) : IClassFixture<BrowsedWorkingDay>
{
    private const string Question = ".todo-row:has-text(\"Where is the valve?\"):has-text(\"Answer\")";

    [Fact]
    public async Task The_days_work_by_mouse()
    {
        var (window, page, complaints) = await day.OpenAsync(1440, 900, ColorScheme.Light);
        await using var open = window;
        await day.SignInAsync(page);
        await page.ClickAsync(".sidebar a:has-text('My commitments')");
        await Expect(page.Locator("h1")).ToHaveTextAsync("My commitments");
        await Expect(page.Locator(Question)).ToHaveCountAsync(1);
        await page.ClickAsync($"{Question} [data-outcome=called]");
        await Expect(page.Locator(Question)).ToHaveCountAsync(0);
        await Expect(page.Locator(".done")).ToContainTextAsync("Called · Acme Heating · Answer");
        await page.ClickAsync(".done .undo");
        await Expect(page.Locator(Question)).ToHaveCountAsync(1);
        await Expect(page.Locator(".done")).ToHaveCountAsync(0);
        // Excused with a reason of her own.
        await page.ClickAsync($"{Question} .excuse summary");
        await page.FillAsync($"{Question} .other [name=reason]", "told him at the fair");
        await page.ClickAsync($"{Question} .other button");
        await Expect(page.Locator(Question)).ToHaveCountAsync(0);
        await Expect(page.Locator(".done")).ToContainTextAsync("Excused: told him at the fair");
        await page.ClickAsync(".done .undo");
        await Expect(page.Locator(Question)).ToHaveCountAsync(1);
        await page.ClickAsync($"{Question} .whom a");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Acme Heating");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task The_days_work_by_keys()
    {
        var (window, page, complaints) = await day.OpenAsync(1440, 900, ColorScheme.Light);
        await using var open = window;
        await day.SignInAsync(page);
        await page.GoAsync("y");
        await Expect(page.Locator("h1")).ToHaveTextAsync("My commitments");
        var rows = page.Locator(".todo-row");
        var before = await rows.CountAsync();
        for (var i = 0; i < before && await page.Locator($"{Question}.current").CountAsync() == 0; i++) await page.Keyboard.PressAsync("j");
        await Expect(page.Locator($"{Question}.current")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(page.Locator(Question)).ToHaveCountAsync(0);
        // The next one has moved into its place and is chosen.
        await Expect(page.Locator(".todo-row.current")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("u");
        await Expect(page.Locator(Question)).ToHaveCountAsync(1);
        await Expect(rows).ToHaveCountAsync(before);
        // On the way to another screen an "m" says nothing about a commitment.
        await page.GoAsync("m");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Metrics");
        await page.GoBackAsync();
        await Expect(page.Locator(".done")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".finding")).ToBeVisibleAsync();
        Assert.Contains("/commitments/", page.Url, StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Her_screens_have_no_serious_barrier_and_fit_where_the_thumb_reaches()
    {
        var (window, page, complaints) = await day.OpenAsync(1440, 900, ColorScheme.Light);
        await using var open = window;
        await day.SignInAsync(page);
        foreach (var screen in new[] { "/people", "/accounts", "/accounts/crm:acme", "/mine" })
        {
            await page.GotoAsync(day.At(screen));
            Assert.Empty(await page.FaultsAsync());
        }
        await page.SetViewportSizeAsync(390, 844);
        await page.ReloadAsync();
        foreach (var button in await page.Locator(".clicks .btn").AllAsync())
            Assert.True((await button.BoundingBoxAsync()) is null or { Height: >= 44 });
        Assert.Empty(complaints);
    }
}
