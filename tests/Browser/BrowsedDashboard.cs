using Followthrough.Dashboard.Access;
using Followthrough.Tests.Dashboard;
using Followthrough.Tests.Dashboard.Scorecards;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Followthrough.Tests.Browser;

/// <summary>The small company's dashboard on a loopback port and a browser that is signed in to it.</summary>
public sealed class BrowsedDashboard : IAsyncLifetime
{
    private readonly DashboardHost _host = new();
    private readonly Browser _browser = new();
    private Uri? _address;
    private string? _signedIn;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await SmallScorecard.AddAsync(_host.Database.DataSource);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _host.DisposeAsync();
    }

    /// <summary>The address of a page.</summary>
    internal string At(string path) => new Uri(_address!, path).ToString();

    /// <summary>A window of its own in which somebody is signed in.</summary>
    internal async Task<IBrowserContext> OpenAsync(int width = 1440, int height = 900, ColorScheme theme = ColorScheme.Light)
    {
        _signedIn ??= await SignInAsync();
        return await _browser.NewWindowAsync(width, height, theme, _signedIn);
    }

    /// <summary>A page and the list of what the browser objects to in it: script errors, blocked styles, missing files.</summary>
    internal static async Task<(IPage Page, List<string> Complaints)> WatchAsync(IBrowserContext window)
    {
        var page = await window.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        return (page, complaints);
    }

    private async Task<string> SignInAsync()
    {
        _address = await _host.ListenAsync();
        var oneTime = (await _host.InviteAsync())!;
        await using var window = await _browser.NewWindowAsync(1440, 900, ColorScheme.Light, null);
        var (page, complaints) = await WatchAsync(window);
        await page.GotoAsync(At("/"));
        await page.FillAsync("[name=name]", FirstAdministrator.Name);
        await page.FillAsync("[name=password]", oneTime);
        await page.ClickAsync("button[type=submit]");
        await page.FillAsync("[name=current]", oneTime);
        await page.FillAsync("[name=chosen]", DashboardHost.OwnPassword);
        await page.FillAsync("[name=repeated]", DashboardHost.OwnPassword);
        await page.ClickAsync("button[type=submit]");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Overview");
        Assert.Empty(complaints);
        return await window.StorageStateAsync();
    }
}
