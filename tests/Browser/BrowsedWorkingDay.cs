using Followthrough.Analytics.Store;
using Followthrough.Tests.Dashboard;
using Followthrough.Tests.Dashboard.Mine;
using Microsoft.Playwright;

namespace Followthrough.Tests.Browser;

/// <summary>The working day's dashboard on a loopback port, and Ada Byron, who owns an account there, before her sign-in.</summary>
public sealed class BrowsedWorkingDay : IAsyncLifetime
{
    private readonly DashboardHost _host = new() { Facts = WorkingDay.Facts };
    private readonly Browser _browser = new();
    private Uri? _address;
    private string? _name;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _host.DisposeAsync();
    }

    internal string At(string path) => new Uri(_address!, path).ToString();

    /// <summary>A window at the sign-in page.</summary>
    internal async Task<(IBrowserContext Window, IPage Page, List<string> Complaints)> OpenAsync(int width, int height, ColorScheme theme)
    {
        _address ??= await _host.ListenAsync();
        _name ??= await _host.NewUserAsync(Role.Staff, "hr:S1");
        var window = await _browser.NewWindowAsync(width, height, theme, null);
        var (page, complaints) = await BrowsedDashboard.WatchAsync(window);
        await page.GotoAsync(At("/sign-in"));
        return (window, page, complaints);
    }

    /// <summary>Signs her in by keys alone.</summary>
    internal async Task SignInAsync(IPage page)
    {
        await page.Locator("[name=name]").FocusAsync();
        await page.Keyboard.TypeAsync(_name!);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(DashboardHost.OwnPassword);
        await page.Keyboard.PressAsync("Enter");
        await page.LandAsync(Role.Staff);
    }
}
