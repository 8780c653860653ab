using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>Who is taken to have left, to the day.</summary>
public sealed class ChurnDataTests
{
    // 100 days and a gap of 10 before noon of 1 June 2026.
    private const string CutDay = "2026-02-11T12:00Z";

    private static readonly LabelRequest Request = new() { GapDays = 10, HorizonDays = 100, EveryDays = 1000 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-02-21T12:00:00Z", true)]
    [InlineData("2026-02-21T12:00:01Z", false)]
    [InlineData("2026-06-01T12:00:00Z", false)]
    public async Task An_order_counts_after_the_gap_until_the_last_moment_of_the_horizon(string order, bool left)
    {
        await using var world = await WithAsync(GivenSales.Order("crm:A", "erp:2", order));
        Assert.Equal(left, Assert.Single((await BuildAsync(world)).Table.Left));
    }

    [Fact]
    public async Task A_cancelled_order_is_none_and_a_customer_without_orders_cannot_leave()
    {
        await using var world = await WithAsync(
            GivenSales.Order("crm:A", "erp:2", "2026-04-01T12:00Z", cancelled: "2026-04-02T12:00Z"),
            Given.Account("crm:B"), Given.Account("crm:C"), GivenSales.Order("crm:C", "erp:C", "2024-02-11T11:00Z"), Given.Account("crm:D") with { Anonymous = true },
            GivenSales.Order("crm:D", "erp:D", "2026-02-01T12:00Z"), Given.Account("crm:E") with { ClosedAt = Given.At("2026-01-20T12:00Z") },
            GivenSales.Order("crm:E", "erp:E", "2026-01-01T12:00Z"));
        var data = await BuildAsync(world);
        Assert.Equal([AccountId.Of("crm:A")], data.Table.Features.Customers);
        Assert.Equal([true], data.Table.Left);
        Assert.Equal(2, data.Excluded["without an order in the months before"]);
    }

    [Fact]
    public async Task A_customer_who_was_called_while_the_label_was_open_is_left_out_and_counted()
    {
        await using var world = await WithAsync();
        await world.TextsAsync($"insert into churn_treatment values ({AccountId.Of("crm:A")}, '2026-03-01', 'called', 'list:1') returning 1");
        var data = await BuildAsync(world);
        Assert.Equal(0, data.Table.Rows);
        Assert.Equal(1, data.Excluded["called while the label was open"]);
    }

    [Fact]
    public async Task A_call_before_the_cut_or_after_the_horizon_changes_no_label()
    {
        await using var world = await WithAsync();
        var account = AccountId.Of("crm:A");
        await world.TextsAsync($"insert into churn_treatment values ({account}, '{CutDay}', 'called', 'list:1'), ({account}, '2026-06-01T12:00:01Z', 'called', 'list:2') returning 1");
        Assert.Equal(1, (await BuildAsync(world)).Table.Rows);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("2026-04-30", false)]
    [InlineData("2026-05-01", true)]
    public async Task A_contract_is_renewed_by_another_that_begins_within_the_grace(string? next, bool left)
    {
        // It ends on 31 March; thirty days of grace are over with 30 April.
        await using var world = await WithAsync(
            [Retainer("pm:1", "2025-04-01", "2026-03-31"), .. next is null ? Array.Empty<Fact>() : [Retainer("pm:2", next, "2027-03-31")]]);
        // Thirty days of grace more until its labels are known.
        world.Clock.Advance(TimeSpan.FromDays(30));
        var data = await ChurnData.BuildAsync(world.Database.DataSource, world.Clock.Now, Request with { Kind = LabelKind.NotRenewed }, null, Ct);
        Assert.Equal([left], data.Table.Left);
    }

    [Fact]
    public async Task What_is_learned_after_the_cut_off_changes_no_label()
    {
        await using var world = await WithAsync();
        var cutOff = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.LoadAsync(GivenSales.Order("crm:A", "erp:2", "2026-04-01T12:00Z"));
        Assert.True(Assert.Single((await ChurnData.BuildAsync(world.Database.DataSource, cutOff, Request, null, Ct)).Table.Left));
        Assert.False(Assert.Single((await ChurnData.BuildAsync(world.Database.DataSource, world.Clock.Now, Request, null, Ct)).Table.Left));
    }

    [Fact]
    public async Task Horizons_follow_how_often_a_segment_orders_and_leave_room_for_folds()
    {
        await using var world = await World.CreateAsync();
        // Ten years; core orders every 100 days, key every 300.
        Fact[] Orders(string account, string segment, int every) =>
            [Given.Account(account, segment: segment), .. Enumerable.Range(0, 3600 / every).Select(n => GivenSales.Order(account, $"{account}/{n}", $"{Given.At("2016-06-03T12:00Z").AddDays(n * every):O}"))];
        await world.LoadAsync([.. Enumerable.Range(0, 6).SelectMany(i => Orders($"crm:K{i}", "key", 300)), .. Enumerable.Range(0, 2).SelectMany(i => Orders($"crm:C{i}", "core", 100))]);
        await using var now = await AsKnown.EnterAsync(world.Database.DataSource, world.Clock.Now, null, Ct);
        var plan = await LabelPlan.MakeAsync(now.Connection, world.Clock.Now, new LabelRequest(), Ct);
        Assert.Equal(300, plan.Label.HorizonFor("key"));
        Assert.Equal(180, plan.Label.HorizonFor("core"));
        Assert.All(plan.Cuts, cut => Assert.True(cut.AddDays(plan.Label.MaturesAfterDays) <= world.Clock.Now));
        // Two years of history allow no horizon of 300 days.
        Assert.Equal(120, (await LabelPlan.MakeAsync(now.Connection, Given.At("2018-06-03T12:00Z"), new LabelRequest(), Ct)).Label.HorizonFor("key"));
    }

    [Fact]
    public async Task Without_orders_or_history_it_is_too_early()
    {
        await using var world = await World.CreateAsync();
        Assert.True((await Assert.ThrowsAsync<ChurnException>(() => BuildAsync(world))).IsTooEarly);
        await world.LoadAsync(Given.Account("crm:A"), GivenSales.Order("crm:A", "erp:1", "2026-05-01T12:00Z"));
        Assert.Contains("Orders are known since 2026-05-01 only", (await Assert.ThrowsAsync<ChurnException>(() => BuildAsync(world))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_training_row_s_label_reaches_into_the_test_and_no_customer_is_on_both_sides_of_a_calibration()
    {
        var cuts = Enumerable.Range(0, 8).Select(i => Given.At("2024-01-01T00:00Z").AddDays(91 * i)).ToList();
        var rows = Enumerable.Range(0, 8).SelectMany(cut => Enumerable.Range(0, 300).Select(customer => (cut, customer))).ToList();
        var clean = Customers.Table(rows.Count);
        var table = clean with
        {
            Features = clean.Features with { Customers = [.. rows.Select(r => (long)r.customer)] },
            Cuts = [.. rows.Select(r => r.cut)],
            CutNames = [.. cuts.Select(c => $"{c:yyyy-MM-dd}")],
        };
        var parts = new ModelTrainer { Cuts = cuts, EmbargoDays = 240 }.Parts(table);
        Assert.Equal(3, parts.Count);
        Assert.All(parts, p => Assert.All(p.Train.Cuts, cut => Assert.True(cuts[cut].AddDays(240) <= cuts[p.Test.Cuts[0]])));
        Assert.All(Folds.Of(table, 1), fold =>
        {
            var apart = fold.Apart.Select(r => rows[r].customer).ToHashSet();
            Assert.DoesNotContain(fold.Fit.Concat(fold.Stop), r => apart.Contains(rows[r].customer));
            Assert.True(fold.Stop.Min(r => rows[r].cut) > fold.Fit.Max(r => rows[r].cut));
        });
    }

    private static async Task<World> WithAsync(params Fact[] facts)
    {
        var world = await World.CreateAsync();
        // Known at the time, as by a source that delivers at once.
        world.Clock.Now = Given.At(CutDay).AddDays(-1);
        var (early, late) = (facts.Where(f => f.OccurredAt < world.Clock.Now).ToArray(), facts.Where(f => f.OccurredAt >= world.Clock.Now).ToArray());
        await world.LoadAsync([Given.Account("crm:A"), GivenSales.Order("crm:A", "erp:1", "2025-08-01T12:00Z"), .. early]);
        world.Clock.Now = Given.At("2026-06-01T12:00Z");
        if (late.Length > 0) await world.LoadAsync(late);
        return world;
    }

    private static Project Retainer(string key, string begins, string ends) => new()
    {
        SourceKey = key,
        Account = "crm:A",
        OccurredAt = Given.At(begins + "T00:00Z"),
        Name = key,
        ContractType = ContractType.Retainer,
        PlannedEnd = DateOnly.Parse(ends, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static Task<ChurnData> BuildAsync(World world) => ChurnData.BuildAsync(world.Database.DataSource, world.Clock.Now, Request, null, Ct);
}
