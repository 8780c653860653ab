using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Followthrough.Tests.Support;
using Microsoft.Playwright;

namespace Followthrough.Tests.Browser;

/// <summary>What every page owes whoever opens it, on a desk and on a phone, by day and by night.</summary>
internal static class Soundness
{
    private static readonly (int Width, int Height)[] Between = [(1024, 768), (390, 844)];

    /// <summary>
    /// What is wrong with the page as it stands: barriers for those who cannot see it well, and a page wider than its window. It is loaded
    /// once and then made dark and narrow, as people do; a load for each would show the same. A usual run looks for barriers either by day on
    /// a desk or by night on a phone, about half of the pages each, since pages are made of the same parts.
    /// </summary>
    public static async Task<List<string>> FaultsAsync(this IPage page)
    {
        // What is still worked out says how far it is; the page is what comes of it.
        await page.Locator("main > section > progress").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        var byNight = new Uri(page.Url).PathAndQuery.Sum(c => c) % 2 == 0;
        List<string> faults = FullSets.AreAsked || !byNight ? [.. await BarriersAsync(page)] : [];
        if (await IsTooWideAsync(page)) faults.Add($"{page.Url} is wider than its window");
        var before = page.ViewportSize!;
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        foreach (var (width, height) in Between)
        {
            await page.SetViewportSizeAsync(width, height);
            if (await IsTooWideAsync(page)) faults.Add($"{page.Url} is wider than {width}");
        }
        if (FullSets.AreAsked || byNight) faults.AddRange(await BarriersAsync(page));
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(before.Width, before.Height);
        return faults;
    }

    private static async Task<IEnumerable<string>> BarriersAsync(IPage page)
    {
        var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return found.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{page.Url} at {page.ViewportSize!.Width}: {v.Id} {v.Nodes[0].Target} {v.Nodes[0].Html}");
    }

    // Charts follow the window in the frame after it changed.
    private static Task<bool> IsTooWideAsync(IPage page) => page.EvaluateAsync<bool>("""
        new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.documentElement.scrollWidth > innerWidth))))
        """);
}
