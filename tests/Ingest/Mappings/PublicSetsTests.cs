using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Mappings;

/// <summary>Public data sets, with figures worked out from them independently.</summary>
public sealed class PublicSetsTests
{
    [Fact]
    public async Task Online_retail_gives_the_published_revenue_customers_and_invoices()
    {
        var folder = SharedData.Path("online_retail");
        await using var world = await World.CreateAsync();

        var file = Assert.Single((await world.LoadPathAsync(folder, "online_retail")).Files);

        Assert.Equal([], file.Problems);
        Assert.Equal(["541909 9747747.934"], await world.TextsAsync("select count(*) || ' ' || sum(amount) from invoice_line"));
        Assert.Equal(["25900 9747747.934"], await world.TextsAsync("select count(*) || ' ' || sum(amount) from invoice"));
        Assert.Equal(["18532 4338 8911407.904"], await world.TextsAsync("select count(*) || ' ' || count(distinct account_id) || ' ' || sum(amount) from sales_order"));
        Assert.Equal(["397884 8911407.904"], await world.TextsAsync("select count(*) || ' ' || sum(amount) from invoice_line where order_key is not null"));
        Assert.Equal(["8300065.814"], await world.TextsAsync("select sum(amount) from invoice join account using (account_id) where account.source_key <> 'online_retail:anonymous'"));
        Assert.Equal(4373, await world.CountAsync("select count(*) from account"));
        Assert.Equal(["2010-12 748957.02", "2011-01 560000.26"], await world.TextsAsync(
            "select to_char(occurred_at at time zone 'Europe/London', 'YYYY-MM') || ' ' || sum(amount) from invoice_line group by to_char(occurred_at at time zone 'Europe/London', 'YYYY-MM') order by 1 limit 2"));
    }

    [Fact]
    public async Task The_crm_gives_its_deals_by_outcome_agent_and_region()
    {
        var folder = SharedData.Path("crm_sales_opportunities");
        await using var world = await World.CreateAsync();

        var report = await world.LoadPathAsync(folder, "crm_sales");

        Assert.All(report.Files, f => Assert.Equal([], f.Problems));
        Assert.Equal(["86", "41", "6", "35"], await world.TextsAsync(
            "select count(*) from account union all select count(*) from staff union all select count(*) from team union all select count(*) from team_membership"));
        Assert.Equal(
            ["Engaging 1589 ", "Lost 2473 0", "Prospecting 500 ", "Won 4238 10005534"],
            await world.TextsAsync("select stage || ' ' || count(*) || ' ' || coalesce(sum(amount)::text, '') from deal group by stage order by 1"));
        Assert.Equal(["4238 2473"], await world.TextsAsync("select count(won_at) || ' ' || count(lost_at) from deal"));
        Assert.Equal(["2017 Q1 1134672", "2017 Q2 3086111", "2017 Q3 2982255", "2017 Q4 2802496"], await world.TextsAsync(
            "select to_char(won_at at time zone 'utc', 'YYYY \"Q\"Q') || ' ' || sum(amount) from deal where won_at is not null group by to_char(won_at at time zone 'utc', 'YYYY \"Q\"Q') order by 1"));
        Assert.Equal(["Central 3346293", "East 3090594", "West 3568647"], await world.TextsAsync("""
            select t.region || ' ' || sum(d.amount) from deal d join team_membership m on m.staff_key = d.owner_key join team t on t.source_key = m.team_key
            where d.won_at is not null group by t.region order by 1
            """));
        Assert.Equal(["10023482"], await world.TextsAsync("select sum(f.amount) from deal_forecast f join deal d on d.account_id = f.account_id and d.source_key = f.deal_key where d.won_at is not null"));
        Assert.Equal(1425, await world.CountAsync("select count(*) from deal d join account a using (account_id) where a.source_key = 'crm_sales:unnamed'"));
    }

    [Fact]
    public async Task The_it_projects_give_their_slip_and_planned_cost()
    {
        var folder = SharedData.Path("us_it_projects");
        await using var world = await World.CreateAsync();

        var file = Assert.Single((await world.LoadPathAsync(folder, "us_it_projects")).Files);

        Assert.Equal([], file.Problems);
        Assert.Equal(["26", "2472", "1550", "1550"], await world.TextsAsync(
            "select count(*) from account union all select count(*) from project union all select count(*) from milestone union all select count(*) from milestone_baseline"));
        Assert.Equal(["300 1108 142 14.495484"], await world.TextsAsync("""
            with slip as (
              select (m.accepted_at at time zone 'utc')::date - b.due_on as days
              from milestone m join milestone_baseline b on b.account_id = m.account_id and b.milestone_key = m.source_key
            )
            select count(*) filter (where days > 0) || ' ' || count(*) filter (where days = 0) || ' ' || count(*) filter (where days < 0) || ' ' || round(avg(days), 6) from slip
            """));
        Assert.Equal(FileOutcome.Loaded, file.Outcome);
    }
}
