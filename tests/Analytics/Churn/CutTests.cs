using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>Features of an old cut are those that were known then, whatever has been learned, corrected or deleted since.</summary>
public sealed class CutTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20261)]
    [InlineData(20262)]
    public async Task Features_of_an_old_cut_equal_those_of_a_store_stopped_at_that_day(int seed)
    {
        await using var world = await World.CreateAsync();
        var facts = new RandomFacts(seed);
        await world.LoadAsync(RandomFacts.Beginning);
        await world.LoadAsync(Trade("2026-01-10T10:00Z", "2026-03-02T10:00Z"));
        var stopped = new List<(DateTimeOffset At, IReadOnlyList<string> Features)>();
        for (var step = 0; step < 4; step++)
        {
            world.Clock.Advance(TimeSpan.FromDays(9));
            await world.LoadAsync(facts.Next(60));
            await world.RefreshAsync();
            // As scoring reads it: from the tables and the ledger as they stand.
            await using var connection = await world.Database.DataSource.OpenConnectionAsync(Ct);
            stopped.Add((world.Clock.Now, Texts(await CustomerFeatures.ReadAsync(connection, world.Clock.Now, Ct))));
        }
        world.Clock.Advance(TimeSpan.FromDays(30));
        await world.LoadAsync(facts.Next(200));
        await world.RefreshAsync();
        Assert.True(stopped.Select(s => string.Join('\n', s.Features)).Distinct().Count() > 2);
        foreach (var (at, features) in stopped)
        {
            Assert.NotEmpty(features);
            Assert.Equal(features, Texts(await Cut.FeaturesAsync(world.Database.DataSource, at, Ct)));
        }
    }

    [Fact]
    public async Task Facts_learned_after_the_cut_are_not_in_its_features_though_they_happened_before()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync([Given.Account("crm:A"), GivenSales.Order("crm:A", "erp:1", "2026-01-10T10:00Z")]);
        var cut = world.Clock.Now;
        var before = Texts(await Cut.FeaturesAsync(world.Database.DataSource, cut, Ct));
        world.Clock.Advance(TimeSpan.FromDays(3));
        await world.LoadAsync(
            GivenSales.Order("crm:A", "erp:2", "2026-05-20T10:00Z"), Given.Inbound("crm:A", "2026-05-25T10:00Z"),
            GivenSales.Order("crm:A", "erp:1", "2026-01-10T10:00Z", cancelled: "2026-02-01T10:00Z"),
            GivenWork.Issue("crm:A", "desk:1", "2026-05-21T10:00Z"));
        await world.RefreshAsync();
        Assert.Equal(before, Texts(await Cut.FeaturesAsync(world.Database.DataSource, cut, Ct)));
        Assert.NotEqual(before, Texts(await Cut.FeaturesAsync(world.Database.DataSource, world.Clock.Now, Ct)));
    }

    [Fact]
    public async Task A_back_filled_account_that_was_closed_later_is_among_the_customers_of_the_cut_and_open()
    {
        await using var world = await World.CreateAsync();
        var folder = world.NewFolder();
        await CanonicalCsv.WriteAsync(folder,
        [
            Given.Account("crm:A", segment: "key") with { ClosedAt = Given.At("2026-05-01T10:00Z"), SourceModifiedAt = Given.At("2026-05-01T10:00Z") },
            GivenSales.Order("crm:A", "erp:1", "2026-01-10T10:00Z") with { SourceModifiedAt = Given.At("2026-01-10T10:00Z") },
        ], Ct);
        Assert.Equal(0, (await world.LoadPathAsync(folder, backfill: true)).ExitCode);
        var then = await Cut.FeaturesAsync(world.Database.DataSource, Given.At("2026-03-01T00:00Z"), Ct);
        Assert.Equal([AccountId.Of("crm:A")], then.Accounts);
        Assert.Equal("key", Assert.Single(then.Segments));
        Assert.Empty((await Cut.FeaturesAsync(world.Database.DataSource, Given.At("2026-05-02T00:00Z"), Ct)).Accounts);
    }

    [Fact]
    public async Task Every_feature_of_the_catalogue_is_a_column_with_its_meaning()
    {
        await using var world = await World.CreateAsync();
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Ct);
        var table = (await CustomerFeatures.ReadAsync(connection, world.Clock.Now, Ct)).Table;
        Assert.Equal(FeatureCatalogue.All.Count + 2, table.Columns.Count);
        Assert.Equal(FeatureCatalogue.All.Count, FeatureCatalogue.All.Select(f => f.Id).Distinct().Count());
        Assert.All(FeatureCatalogue.All, f => Assert.Contains(f.Group, FeatureCatalogue.Groups.Select(g => g.Id)));
        Assert.All(FeatureCatalogue.All, f => Assert.EndsWith(".", f.Meaning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_counted_can_be_checked_by_hand()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(
            Given.Account("crm:A", at: "2024-06-01T12:00Z", segment: "core"),
            GivenSales.Order("crm:A", "erp:1", "2025-02-01T12:00Z", 300), GivenSales.Order("crm:A", "erp:2", "2026-03-03T12:00Z"),
            GivenSales.Order("crm:A", "erp:3", "2026-05-30T12:00Z", cancelled: "2026-05-31T12:00Z"),
            // Answered after 10 hours, after 40, and not yet: 58 hours so far.
            Given.Inbound("crm:A", "2026-05-10T00:00Z", thread: "t1"), Given.Outbound("crm:A", "2026-05-10T10:00Z", thread: "t1"),
            Given.Inbound("crm:A", "2026-05-12T00:00Z", thread: "t2"), Given.Outbound("crm:A", "2026-05-13T16:00Z", thread: "t2"),
            Given.Inbound("crm:A", "2026-05-30T02:00Z", thread: "t3"));
        await world.RefreshAsync();
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(Ct);
        var features = await CustomerFeatures.ReadAsync(connection, world.Clock.Now, Ct);
        float Value(string id) => Assert.Single(features.Table.Column(id)!.Numbers!);
        Assert.Equal(90, Value("days_since_order"));
        Assert.Equal(395, Value("order_gap_days"));
        Assert.Equal(90f / 395, Value("order_gap_ratio"), 1e-6f);
        Assert.Equal(1, Value("orders_365d"));
        Assert.Equal(0.25f, Value("order_trend"));
        Assert.Equal(730, Value("tenure_days"));
        Assert.Equal((10 + 40 + 58) / 3f, Value("answer_hours"), 1e-4f);
        Assert.Equal(2 / 3f, Value("late_answer_share"), 1e-6f);
        Assert.Equal(1, Value("unanswered_180d"));
        Assert.Equal(3, Value("inbound_90d"));
        Assert.True(float.IsNaN(Value("last_score")));
        Assert.Equal(0, Value("contacts_lost_365d"));
    }

    private static Fact[] Trade(params string[] days) =>
        [.. RandomFacts.Beginning.OfType<Account>().SelectMany((a, i) => days.Select((day, n) => GivenSales.Order(a.SourceKey, $"erp:O{i}-{n}", day)))];

    private static List<string> Texts(CustomerFeatures features) =>
        [.. Enumerable.Range(0, features.Accounts.Count).Select(row => string.Join(' ', features.Table.Columns
            .Select(c => c.Numbers is { } n ? FormattableString.Invariant($"{c.Name}={n[row]}") : $"{c.Name}={c.Texts![row]}").Prepend($"{features.Accounts[row]}"))).Order(StringComparer.Ordinal)];
}
