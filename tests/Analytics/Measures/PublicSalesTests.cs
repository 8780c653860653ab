using Followthrough.Analytics.Measures;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Measures;

/// <summary>Public sets of sales, with figures worked out from them independently.</summary>
public sealed class PublicSalesTests : MeasureTests
{
    [Fact]
    public async Task Online_retail_gives_the_published_revenue_repeat_and_retention()
    {
        await World.LoadAsync(PublicSales.OnlineRetail());

        var revenue = await FigureAsync("net_revenue");
        Assert.Equal((9747747.934m, "GBP"), (revenue.Amount, revenue.Currency));
        Assert.Equal(
            [748957.02m, 560000.26m, 498062.65m, 683267.08m, 493207.121m, 723333.51m, 691123.12m, 681300.111m, 682680.51m, 1019687.622m, 1070704.67m, 1461756.25m, 433668.01m],
            (await GroupsAsync("net_revenue", Dimension.Month)).Select(m => m.Value.Amount!.Value));

        var repeated = await FigureAsync("repeat_rate");
        Assert.Equal((2845m, 4338m, 0.655832), (repeated.Amount, repeated.Base, Math.Round(repeated.Value!.Value, 6)));
        var again = await FigureAsync("repeat_revenue_share");
        Assert.Equal((7064909.901m, 8911407.904m, 0.792794), (again.Amount, again.Base, Math.Round(again.Value!.Value, 6)));
        Assert.Equal(
            [(219710.87m, 572713.89m), (1007581.50m, 1612083.15m), (1493453.68m, 1809008.611m), (1907022.831m, 2198273.293m), (2437141.02m, 2719328.96m)],
            (await FiguresAsync("repeat_revenue_share", "2010-Q4", "2011-Q1", "2011-Q2", "2011-Q3", "2011-Q4")).Select(v => (v.Amount!.Value, v.Base!.Value)));
        Assert.Equal(
            [(527m, 885m), (1043m, 1776m), (1211m, 1991m), (1355m, 2161m)],
            (await FiguresAsync("period_retention", "2011-Q1", "2011-Q2", "2011-Q3", "2011-Q4")).Select(v => (v.Amount!.Value, v.Base!.Value)));
        Assert.Equal(2560, (await FigureAsync("returning_share", "2011-Q4")).N);
    }

    [Fact]
    public async Task Online_retails_customers_order_again_as_counted_by_hand()
    {
        await World.LoadAsync(PublicSales.OnlineRetail());
        var triangle = await new Cohorts(World.Database.DataSource, World.Clock).ReadAsync(new CohortQuery { Steps = 4, Viewer = Viewer.Everything("test") }, Ct);
        Assert.Equal(
            ["2010-Q4 of 885: 527 650 709 773", "2011-Q1 of 1249: 559 808 935 959", "2011-Q2 of 826: 331 517 553 553", "2011-Q3 of 656: 304 349 349 349", "2011-Q4 of 722: 210 210 210 210"],
            triangle.Cohorts.Select(c => $"{c.Period.Label} of {c.Customers}: {string.Join(' ', c.Again)}"));
    }

    [Fact]
    public async Task The_crm_gives_what_was_won_by_quarter_agent_and_team()
    {
        await World.LoadAsync(PublicSales.CrmOpportunities());

        var won = await FigureAsync("won_amount");
        Assert.Equal((10005534m, 4238), (won.Amount, won.N));
        Assert.Equal(
            [(1134672m, 531), (3086111m, 1254), (2982255m, 1257), (2802496m, 1196)],
            (await FiguresAsync("won_amount", "2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4")).Select(v => (v.Amount!.Value, v.N)));
        var agents = (await GroupsAsync("won_amount", Dimension.Staff)).ToDictionary(g => g.Key!, g => g.Value.Amount!.Value);
        Assert.Equal(30, agents.Count);
        Assert.Equal(
            [1153214m, 478396m, 454298m, 450489m, 445860m, 123431m],
            ((string[])["Darcel Schlecht", "Vicki Laflamme", "Kary Hendrixson", "Cassey Cress", "Donn Cantrell", "Violet Mclelland"]).Select(name => agents[name]));
        Assert.Equal(
            [("Cara Losch", 1130049m), ("Celia Rouche", 1603897m), ("Dustin Brinkmann", 1094363m), ("Melvin Marxen", 2251930m), ("Rocco Neubert", 1960545m), ("Summer Sewald", 1964750m)],
            (await GroupsAsync("won_amount", Dimension.Team)).Select(g => (g.Key!, g.Value.Amount!.Value)).OrderBy(g => g.Item1, StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<MeasureValue>> FiguresAsync(string metric, params string[] quarters)
    {
        var figures = new List<MeasureValue>();
        foreach (var quarter in quarters) figures.Add(await FigureAsync(metric, quarter));
        return figures;
    }
}
