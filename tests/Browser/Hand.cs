using Microsoft.Playwright;

namespace Followthrough.Tests.Browser;

/// <summary>How somebody works a page: with the mouse, or with the tabulator, letters and Enter alone.</summary>
internal sealed record Hand(bool Keys)
{
    // More stops than any page has before what is looked for.
    private const int MostStops = 250;

    /// <summary>Follows a link or presses a button.</summary>
    internal async Task PressAsync(ILocator target)
    {
        if (!Keys)
        {
            await target.ClickAsync();
            return;
        }
        await ReachAsync(target);
        await target.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Ticks a box.</summary>
    internal async Task TickAsync(ILocator box)
    {
        if (!Keys)
        {
            await box.CheckAsync();
            return;
        }
        await ReachAsync(box);
        await box.Page.Keyboard.PressAsync("Space");
    }

    /// <summary>Fills a field in.</summary>
    internal async Task WriteAsync(ILocator field, string text)
    {
        if (!Keys)
        {
            await field.FillAsync(text);
            return;
        }
        await ReachAsync(field);
        await field.Page.Keyboard.TypeAsync(text);
    }

    // Goes on from where it is, and once round.
    private static async Task ReachAsync(ILocator target)
    {
        await target.WaitForAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await target.Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"No key leads to {target}.");
    }
}
