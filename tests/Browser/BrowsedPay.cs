using Followthrough.Analytics.Store;
using Followthrough.Tests.Dashboard;
using Followthrough.Tests.Dashboard.Compensation;
using Microsoft.Playwright;

namespace Followthrough.Tests.Browser;

/// <summary>The small company with its locked run of July: Ada, whom it pays, her manager, and an executive who prepared nothing.</summary>
public sealed class BrowsedPay : IAsyncLifetime
{
    private readonly DashboardHost _host = new() { FromEverywhere = true };
    private readonly Browser _browser = new();
    private readonly Dictionary<string, string> _names = [];
    private Uri? _address;

    /// <summary>The locked run.</summary>
    internal long Run { get; private set; }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _host.DisposeAsync();
    }

    internal string At(string path) => new Uri(_address!, path).ToString();

    /// <summary>A window in which somebody of that role has just signed in.</summary>
    internal async Task<(IBrowserContext Window, IPage Page, List<string> Complaints)> OpenAsync(string role, int width = 1440, int height = 900, ColorScheme theme = ColorScheme.Light)
    {
        if (_address is null)
        {
            _address = await _host.ListenAsync();
            Run = await SmallPay.LockAsync(_host.Database.DataSource);
        }
        if (!_names.TryGetValue(role, out var name)) _names[role] = name = await _host.NewUserAsync(role, role == Role.Staff ? "hr:S1" : null, role == Role.Manager ? ["hr:T1"] : []);
        var window = await _browser.NewWindowAsync(width, height, theme, null);
        var (page, complaints) = await BrowsedDashboard.WatchAsync(window);
        await page.GotoAsync(At("/sign-in"));
        await page.FillAsync("[name=name]", name);
        await page.FillAsync("[name=password]", DashboardHost.OwnPassword);
        await page.ClickAsync("button[type=submit]");
        await page.LandAsync(role);
        return (window, page, complaints);
    }
}
