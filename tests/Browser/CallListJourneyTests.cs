using System.IO.Compression;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Followthrough.Tests.Browser;

/// <summary>A call list from the making to what came of it, on a phone.</summary>
public sealed class CallListJourneyTests(BrowsedCalls calls) : IClassFixture<BrowsedCalls>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_is_made_taken_along_worked_and_brought_back_and_the_effect_moves(bool keys)
    {
        var hand = new Hand(keys);
        var (window, page, complaints) = await calls.OpenAsync(hand);
        await using var open = window;
        await page.GotoAsync(calls.At("/churn/effect"));
        await Expect(page.Locator(".finding")).ToHaveTextAsync("Nobody was on a list yet.");

        await MakeAsync(page, hand);
        var (called, absent) = (await calls.NamesAsync("call"), (string[])[.. await calls.NamesAsync("held_out"), .. await calls.NamesAsync("suppressed")]);
        await Expect(page.Locator(".call-row")).ToHaveCountAsync(called.Count);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0);
        Assert.Equal(3, (await calls.NamesAsync("suppressed")).Count);
        Assert.NotEmpty(await calls.NamesAsync("held_out"));
        var csv = await AbsentEverywhereAsync(page, hand, absent);

        await WorkAsync(page, hand, called[0]);
        await BringBackAsync(page, hand, csv, called[1]);

        await hand.PressAsync(page.Locator(".trail a:has-text('Call lists')"));
        await hand.PressAsync(page.Locator(".tabs a:has-text('What calling does')"));
        await Expect(page.Locator(".finding")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Not enough yet: 0 called"));
        await Expect(page.Locator("tr:has-text('To be called') td[data-label='So far']")).ToHaveTextAsync($"{called.Count}");
        await calls.PassAsync(91);
        await page.ReloadAsync();
        await Expect(page.Locator("tr:has-text('To be called') td[data-label='Followed']")).ToHaveTextAsync($"{called.Count}");
        await Expect(page.Locator("tr:has-text('To be called') td[data-label='Heard from us']")).ToHaveTextAsync("2");
        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("download", StringComparison.OrdinalIgnoreCase));
    }

    private async Task MakeAsync(IPage page, Hand hand)
    {
        await page.GotoAsync(calls.At("/churn/lists"));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Call lists");
        await page.Locator("[name=capacity]").FillAsync($"{BrowsedCalls.Customers}");
        await hand.PressAsync(page.Locator("button:has-text('Make the list')"));
        await Expect(page.Locator("h1")).ToContainTextAsync("Call list ");
    }

    // Who must not be called is neither on the page nor in a file.
    private static async Task<string> AbsentEverywhereAsync(IPage page, Hand hand, string[] absent)
    {
        var shown = await page.Locator("#calls").InnerTextAsync();
        Assert.All(absent, name => Assert.DoesNotContain(name, shown, StringComparison.Ordinal));
        var texts = new List<string>();
        foreach (var kind in new[] { "CSV", "XLSX", "vCard" })
        {
            var download = await page.RunAndWaitForDownloadAsync(() => hand.PressAsync(page.Locator($"a[download]:has-text('{kind}')")));
            texts.Add(await TextAsync(await download.PathAsync(), kind));
        }
        Assert.All(texts, text => Assert.Contains("Kunde 05", text, StringComparison.Ordinal));
        Assert.All(texts, text => Assert.All(absent, name => Assert.DoesNotContain(name, text, StringComparison.Ordinal)));
        return texts[0];
    }

    private static async Task<string> TextAsync(string path, string kind)
    {
        if (kind != "XLSX") return await File.ReadAllTextAsync(path, Ct);
        using var zip = ZipFile.OpenRead(path);
        var parts = new List<string>();
        foreach (var part in zip.Entries)
        {
            using var reader = new StreamReader(await part.OpenAsync(Ct));
            parts.Add(await reader.ReadToEndAsync(Ct));
        }
        return string.Concat(parts);
    }

    // One click, taken back, and another.
    private static async Task WorkAsync(IPage page, Hand hand, string customer)
    {
        var row = page.Locator($".call-row:has-text('{customer}')");
        await Expect(row.Locator("a[href^='tel:']")).ToBeVisibleAsync();
        foreach (var button in await row.Locator(".clicks .btn").AllAsync())
            Assert.True((await button.BoundingBoxAsync()) is null or { Height: >= 44 }, "too small for a thumb");
        await hand.PressAsync(row.Locator("button:has-text('Called')"));
        await Expect(row.Locator(".outcome")).ToContainTextAsync("Called");
        await hand.PressAsync(page.Locator($".done:has-text('{customer}') .undo"));
        await Expect(row.Locator(".outcome")).ToHaveCountAsync(0);
        await hand.PressAsync(row.Locator("button:has-text('Called')"));
        await Expect(row.Locator(".outcome")).ToContainTextAsync("Called");
    }

    private static async Task BringBackAsync(IPage page, Hand hand, string csv, string customer)
    {
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var line = lines.Single(l => l.Contains(customer, StringComparison.Ordinal));
        var filled = string.Join("\r\n", lines[0], line[..^2] + "left_message,,");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "back.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(filled) });
        await hand.PressAsync(page.Locator("button:has-text('Record the outcomes')"));
        await Expect(page.Locator($".call-row:has-text('{customer}') .outcome")).ToContainTextAsync("Left a message");
    }
}
