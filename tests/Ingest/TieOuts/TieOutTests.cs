using Followthrough.Analytics.TieOuts;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Ingest.TieOuts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.TieOuts;

/// <summary>Control totals of a source against what is stored.</summary>
public sealed class TieOutTests
{
    private const string Header = "source,fact,period,rows,amount,currency\n";

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_and_amounts_are_held_against_each_other_by_month_quarter_and_in_all()
    {
        await using var world = await GivenOrdersAsync();

        await StateAsync(world, Header + "erp,sales_order,2026-01,2,300,\nerp,sales_order,2026-02,1,300.5,\nerp,sales_order,2026-Q1,4,650.5,\nerp,sales_order,all,5,,\nerp,payment,2026-01,3,,\ncrm,account,all,1,,\n");

        Assert.Equal(
        [
            "crm account all ok 1/1",
            "erp payment 2026-01 NoData 3/0",
            "erp sales_order 2026-02 differs 1/1 300.5/50",
            "erp sales_order 2026-01 ok 2/2 300/300",
            "erp sales_order 2026-Q1 differs 4/3 650.5/350",
            "erp sales_order all ok 5/5",
        ], await LinesAsync(world));
    }

    [Fact]
    public async Task A_month_begins_at_midnight_of_the_company()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), GivenSales.Order("crm:A", "erp:1", "2026-01-31T23:30Z"));

        await StateAsync(world, Header + "erp,sales_order,2026-01,0,,\nerp,sales_order,2026-02,1,,\n");

        Assert.Equal(["erp sales_order 2026-02 ok 1/1", "erp sales_order 2026-01 ok 0/0"], await LinesAsync(world));
    }

    [Fact]
    public async Task Currencies_are_never_added_up()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), GivenSales.Order("crm:A", "erp:1", "2026-01-05T10:00Z"), GivenSales.Order("crm:A", "erp:2", "2026-01-05T10:00Z") with { Currency = "EUR" });

        await StateAsync(world, Header + "erp,sales_order,2026-01,2,200,\nerp,sales_order,2026-01,1,100,usd\nerp,sales_order,2026-01,1,100,EUR\n");

        Assert.Equal(["erp sales_order 2026-01 differs 2/2 200/-", "erp sales_order 2026-01 EUR ok 1/1 100/100", "erp sales_order 2026-01 USD ok 1/1 100/100"], await LinesAsync(world));
    }

    [Fact]
    public async Task What_came_in_after_the_source_counted_makes_a_difference_stale_until_it_counts_again()
    {
        await using var world = await GivenOrdersAsync();
        await StateAsync(world, Header + "erp,sales_order,2026-01,2,300,\n");
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.LoadAsync(GivenSales.Order("crm:A", "erp:9", "2026-01-20T10:00Z"));

        Assert.Equal(["erp sales_order 2026-01 stale 2/3 300/400"], await LinesAsync(world));
        await StateAsync(world, Header + "erp,sales_order,2026-01,3,401,\n");
        Assert.Equal(["erp sales_order 2026-01 differs 3/3 401/400"], await LinesAsync(world));
        // An older statement does not take the newer one's place.
        await StateAsync(world, Header + "erp,sales_order,2026-01,7,,\n", statedAt: world.Clock.Now.AddDays(-1));
        Assert.Equal(["erp sales_order 2026-01 differs 3/3 401/400"], await LinesAsync(world));
    }

    [Fact]
    public async Task Differences_are_listed_to_the_record_with_what_became_of_it()
    {
        await using var world = await GivenOrdersAsync();
        await world.LoadFileAsync("sales_order.csv", "source_key,occurred_at,account,amount,currency\nerp:6,2026-01-09T10:00Z,crm:A,much,USD\n");
        await world.LoadFileAsync("sales_order.csv", "source_key,occurred_at,account,amount,currency,deleted\nerp:7,2026-01-09T10:00Z,crm:A,70,USD,true\n");

        await StateAsync(world, Header + "erp,sales_order,2026-01,6,1000,\n",
            "source,fact,period,id,amount\n" + string.Concat(new[] { "1,100", "3,50", "5,5", "6,60", "7,70" }.Select(r => $"erp,sales_order,2026-01,{r}\n")));

        var total = Assert.Single(await Compared.ReadAsync(world.Database.DataSource, Berlin, Ct));
        Assert.Equal((TieOutState.Differs, 5), (total.State, total.Listed));
        var (rows, all) = await Difference.ReadAsync(world.Database.DataSource, Berlin, total, 50, 0, Ct);
        Assert.Equal(["erp:7 Deleted", "erp:3 Elsewhere", "erp:5 Missing", "erp:6 Rejected", "erp:2 Surplus"], rows.Select(r => $"{r.Key} {r.Kind}"));
        Assert.Equal(5, all);
        Assert.Equal("crm:A", rows.Single(r => r.Kind == DifferenceKind.Surplus).Account);
        Assert.Equal(await world.CountAsync("select quarantine_id from quarantine where source_key = 'erp:6'"), rows.Single(r => r.Kind == DifferenceKind.Rejected).QuarantineId);
    }

    [Fact]
    public async Task An_amount_that_parts_is_named_with_both()
    {
        await using var world = await GivenOrdersAsync();

        await StateAsync(world, Header + "erp,sales_order,2026-01,2,301,\n", "source,fact,period,id,amount\nerp,sales_order,2026-01,erp:1,101\nerp,sales_order,2026-01,2,200\n");

        var total = Assert.Single(await Compared.ReadAsync(world.Database.DataSource, Berlin, Ct));
        var (rows, _) = await Difference.ReadAsync(world.Database.DataSource, Berlin, total, 50, 0, Ct);
        var row = Assert.Single(rows);
        Assert.Equal(("erp:1", DifferenceKind.Amount, 101m, 100m), (row.Key, row.Kind, row.Said, row.Stored));
    }

    [Fact]
    public async Task Without_a_list_the_stored_records_are_shown()
    {
        await using var world = await GivenOrdersAsync();
        await StateAsync(world, Header + "erp,sales_order,2026-01,2,300,\n");

        var total = Assert.Single(await Compared.ReadAsync(world.Database.DataSource, Berlin, Ct));
        var (rows, all) = await Difference.ReadAsync(world.Database.DataSource, Berlin, total, 1, 1, Ct);

        Assert.Equal(("erp:1", DifferenceKind.Stored, 2), (Assert.Single(rows).Key, rows[0].Kind, all));
    }

    [Theory]
    [InlineData("erp,sales_orders,2026-01,1,,", "line 2: there is no fact 'sales_orders' (did you mean 'sales_order'?)")]
    [InlineData("erp,sales_order,2026-W02,1,,", "line 2: '2026-W02' is no period; expected a month (2026-07), a quarter (2026-Q3) or all")]
    [InlineData("erp,sales_order,2026,1,,", "line 2: '2026' is no period")]
    [InlineData("erp,sales_order,2026-01,-1,,", "line 2: '-1' is no number of rows; expected digits")]
    [InlineData("erp,sales_order,2026-01,1,\"1,5\",", "line 2: '1,5' is no plain decimal")]
    [InlineData("crm,contact,2026-01,1,5,", "line 2: contact has no amount")]
    [InlineData("crm,contact,2026-01,1,,USD", "line 2: contact has no currency")]
    [InlineData("a:b,contact,2026-01,1,,", "line 2: 'a:b' is no source")]
    [InlineData("crm,contact,2026-01,1,,\ncrm,contact,2026-01,2,,", "line 3: says the same source, fact, period and currency as a line before")]
    public async Task A_wrong_line_refuses_the_whole_file(string lines, string problem)
    {
        await using var world = await World.CreateAsync();

        var refused = await Assert.ThrowsAsync<SourceFileException>(() => StateAsync(world, Header + lines + "\n"));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("select count(*) from tie_out"));
    }

    [Theory]
    [InlineData("erp,sales_order,2026-02,1\n", "line 2: belongs to no total: erp sales_order 2026-02")]
    [InlineData("erp,sales_order,2026-01,1\nerp,sales_order,2026-01,erp:1\n", "line 3: 'erp:1' stands twice")]
    [InlineData("erp,sales_order,2026-01,\n", "line 2: has no id")]
    public async Task A_list_that_does_not_fit_its_totals_is_refused(string lines, string problem)
    {
        await using var world = await World.CreateAsync();

        var refused = await Assert.ThrowsAsync<SourceFileException>(() => StateAsync(world, Header + "erp,sales_order,2026-01,2,,\n", "source,fact,period,id\n" + lines));

        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await world.CountAsync("select count(*) from tie_out"));
    }

    private static async Task<World> GivenOrdersAsync()
    {
        var world = await World.CreateAsync();
        await world.LoadAsync(
            Given.Account("crm:A"),
            GivenSales.Order("crm:A", "erp:1", "2026-01-05T10:00Z", 100), GivenSales.Order("crm:A", "erp:2", "2026-01-15T10:00Z", 200),
            GivenSales.Order("crm:A", "erp:3", "2026-02-05T10:00Z", 50), GivenSales.Order("crm:A", "erp:4", "2026-04-05T10:00Z", 10),
            GivenSales.Order("crm:A", "erp:8", "2026-05-05T10:00Z", 10), GivenSales.Order("crm:A", "other:1", "2026-01-05T10:00Z", 1));
        return world;
    }

    private static async Task StateAsync(World world, string totals, string? ids = null, DateTimeOffset? statedAt = null)
    {
        var folder = world.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "totals.csv"), totals, Ct);
        if (ids is not null) await File.WriteAllTextAsync(Path.Combine(folder, "ids.csv"), ids, Ct);
        await new TieOut(world.Database.DataSource, world.Kept).StateAsync(Path.Combine(folder, "totals.csv"), ids is null ? null : Path.Combine(folder, "ids.csv"), statedAt ?? world.Clock.Now, Ct);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(World world) =>
    [
        .. (await Compared.ReadAsync(world.Database.DataSource, Berlin, Ct)).Select(c => string.Join(' ', new[]
        {
            c.Source, c.Fact, c.Period, c.Currency, c.State switch { TieOutState.Ok => "ok", TieOutState.Differs => "differs", TieOutState.Stale => "stale", _ => "NoData" },
            $"{c.SaidRows}/{c.StoredRows}", c.SaidAmount is null ? "" : FormattableString.Invariant($"{c.SaidAmount}/{c.StoredAmount?.ToString() ?? "-"}"),
        }.Where(t => t.Length > 0))),
    ];
}
