using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Ingest.Identity;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Editions;

/// <summary>Four closed quarters into which everything is injected that can be learned later: each difference is put down to its cause.</summary>
public sealed class BridgeTests
{
    private static readonly string[] Quarters = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"];
    private static readonly string[] Days = ["2025-08-05", "2025-11-05", "2026-02-05", "2026-05-05"];

    // In each region one thing is injected, so that a figure of the region can have one cause only.
    private static readonly (string Region, string Metric, Cause Cause)[] Injected =
    [
        ("late", "respond_24h", Cause.LateData), ("late", "net_revenue", Cause.LateData), ("deleted", "net_revenue", Cause.Deletion),
        ("corrected", "net_revenue", Cause.Correction), ("corrected", "respond_24h", Cause.Correction), ("merged", "repeat_rate", Cause.AccountMerge),
        ("calendar", "call_back_1h", Cause.CalendarChange), ("defined", "returning_share", Cause.DefinitionChange), ("new", "self_service_share", Cause.NewData),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_difference_is_put_down_to_what_was_injected_and_none_is_left_over()
    {
        await using var world = await World.CreateAsync();
        world.Clock.Now = Given.At("2026-07-05T12:00Z");
        await world.LoadAsync([.. Company(), .. Days.SelectMany(Quarter)]);
        await world.RefreshAsync();
        var editions = new List<Edition>();
        foreach (var quarter in Quarters) editions.Add(await CloseAsync(world, quarter));
        world.Clock.Advance(TimeSpan.FromDays(7));

        await world.LoadAsync([.. Days.SelectMany(Later), Given.SpecialDay("cal", "2025-08-05"), Given.SpecialDay("cal", "2025-11-05"), Given.SpecialDay("cal", "2026-02-05"), Given.SpecialDay("cal", "2026-05-05")]);
        foreach (var day in Days)
            await new AccountMerges(world.Database.DataSource, world.Clock).MergeAsync(new MergeRequest { Key = $"crm:merged2-{day}", Into = $"crm:merged-{day}", By = "ann", Reason = "same firm" }, Ct);
        await world.RefreshAsync();

        var bridges = new BridgeReader(world.Database.DataSource, world.Clock);
        foreach (var edition in editions)
        {
            foreach (var (region, metric, cause) in Injected) AssertOnly(cause, await bridges.ReadAsync(edition, Question(metric, edition) with { Region = region }, Ct), region);
            AssertOnly(Cause.ReAttribution, await bridges.ReadAsync(edition, Question("respond_24h", edition) with { Region = "moved", Team = "t:North" }, Ct), "moved");
            foreach (var metric in MetricCatalogue.All) AssertAddsUp(await bridges.ReadAsync(edition, Question(metric.Id, edition), Ct), await NowAsync(world, metric, edition), metric);
        }
    }

    [Fact]
    public async Task What_time_alone_lets_in_is_new_and_no_residual()
    {
        await using var world = await World.CreateAsync();
        world.Clock.Now = Given.At("2026-05-01T12:00Z");
        await world.LoadAsync([
            Given.Account("crm:A"), GivenMoney.BillingEvent("crm:A", "bill:1", "2026-01-10T10:00Z"), GivenMoney.BillingEvent("crm:A", "bill:2", "2026-03-10T10:00Z"),
            .. GivenMoney.Invoice("crm:A", "inv:1", "2026-01-12T10:00Z", "bill:1"), GivenMoney.Credit("crm:A", "inv:1", "2026-02-01T10:00Z"), .. GivenMoney.Invoice("crm:A", "inv:2", "2026-03-12T10:00Z", "bill:2")]);
        await world.RefreshAsync();
        var edition = await CloseAsync(world, "2026-Q1");
        // Sent in March, an invoice can be judged from the middle of May.
        world.Clock.Advance(TimeSpan.FromDays(30));

        var bridge = await new BridgeReader(world.Database.DataSource, world.Clock).ReadAsync(edition, Question("invoice_first_time_right", edition), Ct);

        Assert.Equal((0, 0.5), (bridge.Reported, bridge.Now));
        Assert.Equal([new BridgeStep(Cause.NewData, 0.5m, 1)], bridge.Steps.Where(s => s.Rows > 0));
    }

    private static void AssertOnly(Cause cause, Bridge bridge, string region)
    {
        var what = $"{bridge.Metric} of {region} in {bridge.Edition.Name}: {bridge.Reported} to {bridge.Now}, {string.Join(", ", bridge.Steps.Where(s => s.Rows > 0).Select(s => $"{s.Cause} {s.By} ({s.Rows})"))}";
        Assert.True(bridge.Difference is { } d && d != 0, what);
        Assert.True(Math.Abs(bridge.Steps.Single(s => s.Cause == cause).By) >= 0.99m * Math.Abs(bridge.Difference!.Value), what);
        Assert.Equal(0, bridge.Steps.Single(s => s.Cause == Cause.Unexplained).By);
    }

    private static void AssertAddsUp(Bridge bridge, double? now, MetricDefinition metric)
    {
        Assert.True(bridge.Now is null == now is null && Math.Abs((bridge.Now ?? 0) - (now ?? 0)) <= 1e-12 * Math.Max(1, Math.Abs(now ?? 0)), $"{metric.Id} in {bridge.Edition.Name}: {bridge.Now} is not {now}");
        if (bridge.Difference is null) return;
        Assert.Equal(bridge.Difference.Value, bridge.Steps.Sum(s => s.By));
        Assert.True(bridge.Steps[^1] is { Cause: Cause.Unexplained, By: 0, Rows: 0 }, $"{metric.Id} in {bridge.Edition.Name}: {bridge.Steps[^1]}");
    }

    private static async Task<double?> NowAsync(World world, MetricDefinition metric, Edition edition)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        return (await reader.ValueAsync(Question(metric.Id, edition) with { AsNowKnown = true }, Ct)).Value;
    }

    private static MetricQuery Question(string metric, Edition edition) => new() { Metric = metric, Period = edition.Period, Viewer = Viewer.Everything("test") };

    // Who returns was defined otherwise when the quarters were closed.
    private static async Task<Edition> CloseAsync(World world, string quarter) => await new EditionWriter(world.Database.DataSource, world.Clock)
    {
        Catalogue = [.. MetricCatalogue.All.Select(m => m is MeasureMetric { Id: "returning_share" } measure ? measure with { Variant = "repeat", Formula = "as it was" } : m)],
    }.WriteAsync(await Closed.SignAsync(world, quarter, null, Ct), null, Ct);

    private static IEnumerable<Fact> Company() =>
    [
        Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Team("t:North"), Given.Team("t:South"), Given.Membership("hr:Ann", "t:North"), Given.Membership("hr:Bob", "t:South"),
        .. Given.WorkingWeek("cal", "UTC"),
        .. Injected.Select(i => i.Region).Append("moved").Distinct().SelectMany(region => Days.SelectMany(day => Accounts(region, day))),
    ];

    private static IEnumerable<Fact> Accounts(string region, string day)
    {
        foreach (var key in new[] { $"crm:{region}-{day}", $"crm:{region}2-{day}" })
        {
            yield return Given.Account(key, region: region, calendar: region == "calendar" ? "cal" : null);
            yield return Given.Assignment(key, "hr:Ann");
        }
    }

    private static IEnumerable<Fact> Quarter(string day)
    {
        foreach (var region in Injected.Select(i => i.Region).Append("moved").Distinct())
        {
            var (one, two) = ($"crm:{region}-{day}", $"crm:{region}2-{day}");
            yield return Given.Inbound(one, $"{day}T08:00Z", key: $"in-{one}");
            yield return Given.Outbound(one, $"{day}T10:00Z", staff: "hr:Ann", key: $"out-{one}");
            yield return Given.Inbound(two, $"{day}T08:00Z", key: $"in-{two}");
            foreach (var fact in GivenMoney.Invoice(one, $"inv-{one}", $"{day}T09:00Z", null).Concat(GivenMoney.Invoice(two, $"inv-{two}", $"{day}T09:00Z", null, 500))) yield return fact;
            yield return GivenSales.Order(one, $"order-{one}", $"{day}T09:00Z");
            yield return GivenSales.Order(two, $"order-{two}", $"{day}T10:00Z");
        }
        // An earlier order makes one of the two return; by the definition then nobody had.
        yield return GivenSales.Order($"crm:defined-{day}", $"earlier-{day}", "2025-01-05T09:00Z");
        yield return Missed($"crm:calendar-{day}", $"call-{day}", $"{day}T15:00Z");
        yield return Reached($"crm:calendar-{day}", $"back-{day}", $"{day}T18:30Z");
        yield return Given.Inbound($"crm:new-{day}", $"{day}T12:00Z", thread: $"bot-{day}", key: $"bot-{day}") with { ToBot = true };
    }

    private static IEnumerable<Fact> Later(string day)
    {
        yield return Given.Inbound($"crm:late-{day}", $"{day}T20:00Z", key: $"forgotten-{day}");
        foreach (var fact in GivenMoney.Invoice($"crm:late-{day}", $"forgotten-{day}", $"{day}T12:00Z", null, 250)) yield return fact;
        foreach (var fact in GivenMoney.Invoice($"crm:deleted2-{day}", $"inv-crm:deleted2-{day}", $"{day}T09:00Z", null, 500)) yield return fact with { Deleted = true };
        foreach (var fact in GivenMoney.Invoice($"crm:corrected-{day}", $"inv-crm:corrected-{day}", $"{day}T09:00Z", null, 1100)) yield return fact;
        // The answer was sent two days later than the source had said.
        yield return Given.Outbound($"crm:corrected-{day}", $"{day[..8]}07T10:00Z", staff: "hr:Ann", key: $"out-crm:corrected-{day}");
        yield return Given.Assignment($"crm:moved-{day}", "hr:Ann") with { StaffKey = "hr:Bob" };
        // What a bot had settled is asked of a person after all, when the quarter has long been closed.
        yield return Given.Outbound($"crm:new-{day}", "2026-07-08T10:00Z", thread: $"bot-{day}", staff: "hr:Ann", key: $"asked-{day}");
    }

    private static Interaction Missed(string account, string key, string at) =>
        Given.Interaction(account, at, Direction.Inbound, InteractionKind.Call, Channel.Phone, key: key) with { PhoneNumber = "+13125550142", Connected = false, DurationSeconds = 60 };

    private static Interaction Reached(string account, string key, string at) =>
        Given.Interaction(account, at, Direction.Outbound, InteractionKind.Call, Channel.Phone, staff: "hr:Ann", key: key) with { PhoneNumber = "+13125550142", Connected = true, DurationSeconds = 60 };
}
