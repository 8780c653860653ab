using Microsoft.Playwright;

namespace Followthrough.Tests.Browser;

/// <summary>The keys that are pressed one after the other.</summary>
internal static class Keys
{
    /// <summary>To another screen. A heading is seen before the page's scripts listen, so the page is waited for first.</summary>
    internal static async Task GoAsync(this IPage page, string key)
    {
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync(key);
    }
}
