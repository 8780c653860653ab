using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Analytics.CallLists;
using Followthrough.Tests.Dashboard;
using Followthrough.Tests.Support;
using Microsoft.Playwright;

namespace Followthrough.Tests.Browser;

/// <summary>
/// Forty scored customers of Ada Byron's on a loopback port: one must not be contacted, one heard from us lately, one has an open dispute, and some
/// are held out by chance.
/// </summary>
public sealed class BrowsedCalls : IAsyncLifetime
{
    internal const int Customers = 40;

    private readonly DashboardHost _host = new() { Facts = [.. Facts()], FromEverywhere = true };
    private readonly Browser _browser = new();
    private Uri? _address;
    private string? _name;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _host.DisposeAsync();
    }

    internal string At(string path) => new Uri(_address!, path).ToString();

    /// <summary>A window of a phone in which Ada has just signed in; whatever lists there were are closed, and nothing was recorded.</summary>
    internal async Task<(IBrowserContext Window, IPage Page, List<string> Complaints)> OpenAsync(Hand hand)
    {
        if (_address is null)
        {
            _address = await _host.ListenAsync();
            _name = await _host.NewUserAsync(Role.Staff, "hr:S1");
            await Scored.WriteAsync(ExecuteAsync, "model", [.. Enumerable.Range(1, Customers).Select(i => (Key(i), 0.9 - 0.01 * i, (int?)(10_000 - 100 * i)))]);
        }
        await ExecuteAsync("""
            delete from recorded_outcome; delete from interaction where source_key like 'followthrough:%'; delete from churn_treatment;
            delete from call_list_account; delete from call_list
            """);
        var window = await _browser.NewWindowAsync(390, 844, ColorScheme.Light, null);
        var (page, complaints) = await BrowsedDashboard.WatchAsync(window);
        await page.GotoAsync(At("/"));
        await hand.WriteAsync(page.Locator("[name=name]"), _name!);
        await hand.WriteAsync(page.Locator("[name=password]"), DashboardHost.OwnPassword);
        await hand.PressAsync(page.Locator("button[type=submit]"));
        await page.LandAsync(Role.Staff);
        return (window, page, complaints);
    }

    /// <summary>Names of the newest list's customers of that fate.</summary>
    internal async Task<IReadOnlyList<string>> NamesAsync(string fate)
    {
        await using var command = _host.Database.DataSource.CreateCommand("""
            select name from call_list_account join account using (account_id)
            where call_list_id = (select max(call_list_id) from call_list) and fate = $1 order by name
            """);
        command.Parameters.AddWithValue(fate);
        await using var row = await command.ExecuteReaderAsync(Ct);
        var names = new List<string>();
        while (await row.ReadAsync(Ct)) names.Add(row.GetString(0));
        return names;
    }

    /// <summary>Lets days pass since the newest list was made and what was recorded.</summary>
    internal Task PassAsync(int days) => ExecuteAsync($"""
        update call_list set made_at = made_at - interval '{days} days';
        update interaction set occurred_at = occurred_at - interval '{days - 1} days' where source_key like 'followthrough:%'
        """);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static string Key(int i) => $"crm:k{i:00}";

    private static IEnumerable<Fact> Facts()
    {
        yield return Given.Team("hr:T1", "North");
        yield return Given.Staff("hr:S1") with { Name = "Ada Byron" };
        yield return Given.Membership("hr:S1", "hr:T1");
        for (var i = 1; i <= Customers; i++)
        {
            yield return Given.Account(Key(i), name: $"Kunde {i:00}") with { Phone = $"+49305550{i:00}" };
            yield return Given.Assignment(Key(i), "hr:S1");
            yield return Given.Contact(Key(i), $"crm:c{i:00}") with { Name = $"Herr {i:00}", Phone = $"+49305551{i:00}", DoNotContact = i == 1 };
        }
        yield return Given.Outbound(Key(2), "2026-09-12T10:00Z");
        yield return GivenWork.Issue(Key(3), "crm:issue", "2026-08-01T10:00Z");
        yield return GivenMoney.Invoice(Key(3), "erp:invoice", "2026-07-01T10:00Z", null).OfType<Invoice>().Single() with { DueOn = new DateOnly(2026, 8, 1) };
    }
}
