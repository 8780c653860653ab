using System.Globalization;
using System.Net;
using AngleSharp.Dom;

namespace Followthrough.Tests.Dashboard;

public sealed class OverviewTests(DashboardHost host) : IClassFixture<DashboardHost>
{
    [Fact]
    public async Task Overview_says_how_many_of_all_commitments_were_kept_and_which_was_broken_most()
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync("/");
        var rows = page.QuerySelectorAll("#promises tbody tr").Select(row => row.QuerySelectorAll("td.num:not(.wide)").Select(Words).ToList()).ToList();
        var (n, missed) = (rows.Sum(row => int.Parse(row[1], CultureInfo.InvariantCulture)), rows.Sum(row => int.Parse(row[2], CultureInfo.InvariantCulture)));
        Assert.Equal([$"{n}", $"{missed}"], page.QuerySelectorAll("#promises tfoot td.num:not(.wide)").Select(Words).Skip(1));
        Assert.Contains($"of {n}\u00a0commitments", page.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        var worst = page.QuerySelector("#broken li")!;
        Assert.Contains($"Broken most: “{worst.QuerySelector("a")!.TextContent}”, {Words(worst.QuerySelector(".amount")!).Split(" ·")[0]}", page.QuerySelector(".finding")!.TextContent, StringComparison.Ordinal);
        var list = await visitor.ReadAsync(worst.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal(int.Parse(worst.QuerySelector("b")!.TextContent, CultureInfo.InvariantCulture), list.QuerySelectorAll("table.cards tbody tr").Length);
    }

    [Theory]
    [InlineData("existing_customer_share")]
    [InlineData("nps_relational")]
    public async Task A_measures_tile_comes_with_the_page(string metric)
    {
        var page = await (await host.SignedInAsync()).ReadAsync("/?period=2026-Q3");
        Assert.Single(page.QuerySelectorAll($".tiles a[href^='/metrics/{metric}']"));
        Assert.Empty(page.QuerySelectorAll("[hx-trigger*=load]"));
    }

    [Fact]
    public async Task An_unknown_metric_is_answered_with_those_that_may_be_meant()
    {
        var visitor = await host.SignedInAsync();
        var page = await visitor.ReadAsync("/metrics/respond_48h", HttpStatusCode.NotFound);
        Assert.Contains("/metrics/respond_24h", page.QuerySelectorAll(".choices a").Select(link => link.GetAttribute("href")));
    }

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[])[' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
