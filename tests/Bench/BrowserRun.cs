using System.Text.Json;
using Microsoft.Playwright;

namespace Followthrough.Bench;

/// <summary>What a browser needs to show a page: until it first paints, and over the wire.</summary>
internal sealed record BrowserRun(double Cold, double Warm, double Kilobytes)
{
    private const string Chromium = "/usr/bin/chromium";

    private const string Measured = """
        () => JSON.stringify({
          paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1,
          bytes: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, e) => sum + e.transferSize, 0) })
        """;

    /// <summary>Null where there is no Chromium.</summary>
    public static async Task<BrowserRun?> MeasureAsync(Uri page, System.Net.Cookie session)
    {
        if (!File.Exists(Chromium)) return null;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        // A browser that has painted once has loaded its own code.
        await using (var blank = await browser.NewContextAsync()) await (await blank.NewPageAsync()).SetContentAsync("<p>words</p>");
        await using var context = await browser.NewContextAsync();
        await context.AddCookiesAsync([new() { Name = session.Name, Value = session.Value, Domain = page.Host, Path = "/" }]);
        var cold = await VisitAsync(context, page);
        var warm = await VisitAsync(context, page);
        return new BrowserRun(cold.Paint, warm.Paint, cold.Bytes / 1024);
    }

    private static async Task<(double Paint, double Bytes)> VisitAsync(IBrowserContext context, Uri page)
    {
        var tab = await context.NewPageAsync();
        await tab.GotoAsync(page.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        var measured = JsonDocument.Parse(await tab.EvaluateAsync<string>(Measured)).RootElement;
        await tab.CloseAsync();
        return (measured.GetProperty("paint").GetDouble(), measured.GetProperty("bytes").GetDouble());
    }
}
