using Followthrough.Analytics.Store;
using Followthrough.Tests.Dashboard;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Followthrough.Tests.Browser;

/// <summary>What each of them comes for, from the sign-in to its end, by mouse and by keys alone.</summary>
public sealed class RoleJourneyTests(BrowsedRoles roles) : IClassFixture<BrowsedRoles>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_executive_goes_from_the_figure_to_the_record_it_came_from_and_back(bool keys)
    {
        var hand = new Hand(keys);
        var (window, page, complaints) = await roles.OpenAsync(Role.Executive, hand);
        await using var open = window;
        await hand.PressAsync(page.Locator(".tile h2 a:text-is('Answered within 24 h')"));
        await TitleAsync(page, "Answered within 24 h");
        await hand.PressAsync(page.Locator(".pairs a:has-text('rows')"));
        await TitleAsync(page, "Commitments");
        await Expect(page.Locator("table.cards tbody tr")).ToHaveCountAsync(7);
        await hand.PressAsync(page.Locator(".tabs a:has-text('Missed')"));
        await Expect(page.Locator("table.cards tbody tr")).ToHaveCountAsync(3);
        await hand.PressAsync(page.Locator("a.cover:has-text('HYPERLINK')"));
        await Expect(page.Locator(".finding")).ToContainTextAsync("We never answered");
        await hand.PressAsync(page.Locator(".timeline .opens summary"));
        await Expect(page.Locator(".record")).ToContainTextAsync(SmallCompany.HostileContact);
        await page.GoBackAsync();
        await Expect(page.Locator("table.cards tbody tr")).ToHaveCountAsync(3);
        await page.GoBackAsync();
        await page.GoBackAsync();
        await TitleAsync(page, "Answered within 24 h");
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_manager_goes_from_a_person_to_the_team_and_takes_its_rows_along(bool keys)
    {
        var hand = new Hand(keys);
        var (window, page, complaints) = await roles.OpenAsync(Role.Manager, hand);
        await using var open = window;
        await hand.PressAsync(page.Locator(".sidebar a:has-text('People')"));
        await TitleAsync(page, "People");
        await hand.PressAsync(page.Locator("#people th a:text-is('Ada Byron')"));
        await TitleAsync(page, "Ada Byron");
        await hand.PressAsync(page.Locator(".facts a:has-text('Service North')"));
        await TitleAsync(page, "Service North");
        await hand.PressAsync(page.Locator("#people td a"));
        await TitleAsync(page, "Commitments");
        var download = await page.RunAndWaitForDownloadAsync(() => hand.PressAsync(page.Locator("a:has-text('CSV of')")));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(5, lines.Length);
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("download", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_auditor_follows_a_figure_to_its_record_and_finds_his_own_file_in_the_log(bool keys)
    {
        var hand = new Hand(keys);
        var (window, page, _) = await roles.OpenAsync(Role.Auditor, hand);
        await using var open = window;
        await hand.PressAsync(page.Locator(".sidebar a:has-text('Metrics')"));
        await hand.PressAsync(page.Locator("a.cover:text-is('Answered within 24 h')"));
        await hand.PressAsync(page.Locator(".pairs a:has-text('rows')"));
        await page.RunAndWaitForDownloadAsync(() => hand.PressAsync(page.Locator("a:has-text('CSV of')")));
        await hand.PressAsync(page.Locator($"a.cover:text-is(\"{SmallCompany.LongName}\") >> nth=0"));
        await hand.PressAsync(page.Locator(".timeline .opens summary"));
        await Expect(page.Locator(".record")).ToContainTextAsync("crm:acme");
        await hand.PressAsync(page.Locator(".sidebar a:has-text('Admin')"));
        if (await page.Locator("h1").TextContentAsync() != "Log") await hand.PressAsync(page.Locator(".tabs a:has-text('Log')"));
        await TitleAsync(page, "Log");
        await Expect(page.Locator("tbody tr >> nth=0")).ToContainTextAsync("commitments");
        await Expect(page.Locator("tbody tr >> nth=0")).ToContainTextAsync("auditor-");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Operations_tries_a_rejected_record_again_and_looks_at_the_sources(bool keys)
    {
        var hand = new Hand(keys);
        var (window, page, complaints) = await roles.OpenAsync(Role.Operations, hand);
        await using var open = window;
        await hand.PressAsync(page.Locator(".sidebar a:has-text('Data')"));
        await TitleAsync(page, "Data");
        await hand.PressAsync(page.Locator(".tabs a:has-text('Quarantine')"));
        await TitleAsync(page, "Quarantine");
        await hand.TickAsync(page.Locator("tbody input[type=checkbox]"));
        await hand.PressAsync(page.Locator("button:has-text('Replay the selected')"));
        await TitleAsync(page, "Replay");
        await hand.PressAsync(page.Locator("button:has-text('Replay 1')"));
        await Expect(page.Locator(".verdict [role=status]")).ToContainTextAsync("1 still rejected");
        await hand.PressAsync(page.Locator("main a:has-text('Back to the quarantine')"));
        await TitleAsync(page, "Quarantine");
        await hand.PressAsync(page.Locator(".tabs a:has-text('Sources')"));
        await TitleAsync(page, "Sources");
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_administrator_adds_a_user_changes_what_he_may_and_makes_a_token(bool keys)
    {
        var hand = new Hand(keys);
        var (window, page, complaints) = await roles.OpenAsync(Role.Administrator, hand);
        await using var open = window;
        var name = keys ? "by-keys" : "by-mouse";
        await hand.PressAsync(page.Locator(".sidebar a:has-text('Admin')"));
        await hand.PressAsync(page.Locator("main a:has-text('Add a user')"));
        await hand.WriteAsync(page.Locator("main [name=name]"), name);
        await hand.TickAsync(page.Locator("[name=role][value=executive]"));
        await hand.PressAsync(page.Locator("button:has-text('Add the user')"));
        await Expect(page.Locator(".secret")).Not.ToBeEmptyAsync();
        await hand.PressAsync(page.Locator("main a:text-is('Done')"));
        await TitleAsync(page, "Users");
        await hand.PressAsync(page.Locator($"main tbody a:has-text('{name}')"));
        await TitleAsync(page, name);
        await hand.TickAsync(page.Locator("[name=role][value=auditor]"));
        await hand.PressAsync(page.Locator("button:text-is('Save')"));
        await Expect(page.Locator("main .notice:has-text('Saved')")).ToBeVisibleAsync();
        await Expect(page.Locator("[name=role][value=auditor]")).ToBeCheckedAsync();
        await hand.PressAsync(page.Locator(".viewer summary"));
        await hand.PressAsync(page.Locator(".viewer a:has-text('Settings')"));
        await TitleAsync(page, "Settings");
        await hand.PressAsync(page.Locator("main a:has-text('Make a token')"));
        await hand.WriteAsync(page.Locator("main [name=name]"), name);
        await hand.PressAsync(page.Locator("button:has-text('Make the token')"));
        await Expect(page.Locator(".secret")).Not.ToBeEmptyAsync();
        await hand.PressAsync(page.Locator("main a:text-is('Done')"));
        await Expect(page.Locator(".token")).ToContainTextAsync([name]);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_column_left_out_stays_out_and_can_be_had_back()
    {
        var hand = new Hand(Keys: true);
        var (window, page, complaints) = await roles.OpenAsync(Role.Executive, hand);
        await using var open = window;
        await page.GotoAsync(roles.At("/commitments?period=2026-Q3"));
        var team = page.Locator("table.cards th:has-text('Team')");
        await Expect(team).ToBeVisibleAsync();
        await hand.PressAsync(page.Locator(".column-menu summary"));
        await hand.TickAsync(page.Locator(".column-menu label:has-text('Team') input"));
        await Expect(team).ToBeHiddenAsync();
        await page.ReloadAsync();
        await Expect(team).ToBeHiddenAsync();
        await Expect(page.Locator("table.cards td[data-label=Team] >> nth=0")).ToBeHiddenAsync();
        await hand.PressAsync(page.Locator(".column-menu summary"));
        await hand.TickAsync(page.Locator(".column-menu label:has-text('Team') input"));
        await Expect(team).ToBeVisibleAsync();
        Assert.Empty(complaints);
    }

    private static Task TitleAsync(IPage page, string title) => Expect(page.Locator("h1")).ToHaveTextAsync(title);
}
