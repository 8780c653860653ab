using Followthrough.Analytics.Store;
using Followthrough.Tests.Dashboard;
using Microsoft.Playwright;

namespace Followthrough.Tests.Browser;

/// <summary>The small company's dashboard on a loopback port, one browser, and a user of each role.</summary>
public sealed class BrowsedRoles : IAsyncLifetime
{
    private readonly DashboardHost _host = new() { FromEverywhere = true };
    private readonly Browser _browser = new();
    private readonly Dictionary<string, string> _names = [];
    private Uri? _address;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _host.DisposeAsync();
    }

    internal string At(string path) => new Uri(_address!, path).ToString();

    /// <summary>A window in which somebody of that role has just signed in with that hand; the manager answers for T1.</summary>
    internal async Task<(IBrowserContext Window, IPage Page, List<string> Complaints)> OpenAsync(string role, Hand hand)
    {
        _address ??= await _host.ListenAsync();
        if (!_names.TryGetValue(role, out var name)) _names[role] = name = await _host.NewUserAsync(role, null, role == Role.Manager ? ["hr:T1"] : []);
        var window = await _browser.NewWindowAsync(1440, 900, ColorScheme.Light, null);
        var (page, complaints) = await BrowsedDashboard.WatchAsync(window);
        await page.GotoAsync(At("/"));
        await hand.WriteAsync(page.Locator("[name=name]"), name);
        await hand.WriteAsync(page.Locator("[name=password]"), DashboardHost.OwnPassword);
        await hand.PressAsync(page.Locator("button[type=submit]"));
        await page.LandAsync(role);
        return (window, page, complaints);
    }
}
