using Microsoft.Playwright;

namespace Followthrough.Tests.Browser;

/// <summary>The Chromium of this machine, without a window. Missing: the tests are skipped on a laptop and fail in CI.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static bool IsRequired => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>A window of its own: own cookies, own theme, own size.</summary>
    internal async Task<IBrowserContext> NewWindowAsync(int width, int height, ColorScheme theme, string? state)
    {
        _browser ??= await LaunchAsync();
        return await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme,
            StorageState = state,
            ReducedMotion = ReducedMotion.Reduce,
        });
    }

    private async Task<IBrowser> LaunchAsync()
    {
        var chromium = Places.FirstOrDefault(File.Exists);
        if (chromium is null && !IsRequired) Assert.Skip("There is no Chromium on this machine.");
        Assert.NotNull(chromium);
        // A runner with two processors has other tests to run beside the browser.
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
        });
    }
}
