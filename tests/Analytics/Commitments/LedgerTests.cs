using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

public sealed class LedgerTests
{
    private static readonly string[] Contacts = ["crm:Pat", "crm:Quinn", "crm:Rae"];
    private static readonly string[] Threads = ["mail:T1", "mail:T2"];

    public static TheoryData<int> Seeds => FullSets.Seeds(1, 2, 3, 4, 5, 6);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Refreshing_after_random_changes_equals_rebuilding_row_for_row(int seed)
    {
        await using var world = await World.CreateAsync();
        var random = new Random(seed);
        await world.LoadAsync([.. Given.WorkingWeek("cal:1", "Europe/Berlin"), .. Accounts(), .. People()]);
        for (var round = 1; round <= 12; round++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.LoadAsync([.. Changes(random, round)]);
            await world.RefreshAsync();
            var refreshed = await world.LedgerAsync();
            var rebuilt = await world.RebuildAsync();
            Assert.Equal(refreshed, await world.LedgerAsync());
            Assert.Equal((0, 0), (rebuilt.Written, rebuilt.Removed));
        }
    }

    [Fact]
    public async Task The_order_in_which_facts_arrive_leaves_no_trace()
    {
        var facts = Enumerable.Range(1, 8).SelectMany(round => Changes(new Random(round), round)).DistinctBy(f => f.SourceKey).ToList();
        var ledgers = new List<IReadOnlyList<string>>();
        foreach (var seed in new[] { 1, 2, 3 })
        {
            await using var world = await World.CreateAsync();
            await world.LoadAsync([.. Given.WorkingWeek("cal:1", "Europe/Berlin"), .. Accounts(), .. People()]);
            var shuffled = facts.ToArray();
            new Random(seed).Shuffle(shuffled);
            foreach (var part in shuffled.Chunk(40))
            {
                await world.LoadAsync([.. part]);
                await world.RefreshAsync();
            }
            ledgers.Add(await world.LedgerAsync());
        }
        Assert.NotEmpty(ledgers[0]);
        Assert.All(ledgers, ledger => Assert.Equal(ledgers[0], ledger));
    }

    [Fact]
    public async Task A_refresh_without_changes_does_nothing_and_does_not_move_the_version()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2026-03-02T10:00Z"));
        Assert.Equal(new LedgerChange(1, 1, 0), await world.RefreshAsync());
        var version = await world.CountAsync("select version from ledger_state");
        Assert.Equal(new LedgerChange(0, 0, 0), await world.RefreshAsync());
        Assert.Equal(version, await world.CountAsync("select version from ledger_state"));
    }

    [Fact]
    public async Task Several_refreshes_at_once_share_the_work_and_agree()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync([.. Accounts(), .. People(), .. Enumerable.Range(1, 6).SelectMany(round => Changes(new Random(round), round)).DistinctBy(f => f.SourceKey)]);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.RefreshAsync()));
        var ledger = await world.LedgerAsync();
        await world.RebuildAsync();
        Assert.NotEmpty(ledger);
        Assert.Equal(await world.LedgerAsync(), ledger);
    }

    [Fact]
    public async Task A_change_of_staff_moves_what_was_owed_since_and_nothing_before()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync([.. Accounts(), .. People(),
            Given.Inbound("crm:A1", "2026-01-10T10:00Z", "crm:Pat", key: "before"), Given.Outbound("crm:A1", "2026-01-10T11:00Z", "crm:Pat"),
            Given.Inbound("crm:A1", "2026-02-10T10:00Z", "crm:Pat", key: "after")]);
        await world.RefreshAsync();
        await world.LoadAsync(Given.Membership("hr:Ann", "t:South", "2026-02-01T00:00Z"));
        var change = await world.RefreshAsync();
        // The answer owed to the contact of February, and the silence that it begins.
        Assert.Equal(2, change.Written);
        Assert.Equal(["after t:South", "before t:North"], await world.TextsAsync("select commitment_key || ' ' || team_key from commitment where kind = 'respond' order by 1"));
    }

    private static IEnumerable<Fact> Accounts() => new[] { "crm:A1", "crm:A2", "crm:A3" }.Select(key => Given.Account(key, calendar: "cal:1"));

    private static Fact[] People() =>
    [
        Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Team("t:North"), Given.Team("t:South"),
        Given.Membership("hr:Ann", "t:North"), Given.Membership("hr:Bob", "t:South"),
        Given.Assignment("crm:A1", "hr:Ann"), Given.Assignment("crm:A2", "hr:Bob"), Given.Assignment("crm:A3", "hr:Ann"),
    ];

    // Few keys over few hours: new contacts, corrections, deletions and late arrivals meet all the time.
    private static List<Fact> Changes(Random random, int round)
    {
        var facts = new List<Fact>();
        for (var i = random.Next(1, 25); i > 0; i--) facts.Add(AnyInteraction(random, round));
        if (random.Next(3) == 0)
            facts.Add(Given.Disposition("crm:A1", $"i{random.Next(60)}", "2026-03-05T10:00Z", "hr:Ann") with { SourceKey = $"d{random.Next(5)}", SourceModifiedAt = Modified(round) });
        if (random.Next(4) == 0)
            facts.Add(Given.Assignment("crm:A2", random.Next(2) == 0 ? "hr:Ann" : "hr:Bob", $"2026-03-0{random.Next(1, 5)}T00:00Z") with { SourceKey = "moved", SourceModifiedAt = Modified(round) });
        if (random.Next(5) == 0)
            facts.Add(Given.Membership("hr:Bob", "t:North", $"2026-03-0{random.Next(1, 5)}T12:00Z") with { SourceKey = "joined", SourceModifiedAt = Modified(round) });
        return [.. facts.DistinctBy(f => f.SourceKey)];
    }

    private static Interaction AnyInteraction(Random random, int round)
    {
        var number = random.Next(60);
        var kind = (InteractionKind)random.Next(Enum.GetValues<InteractionKind>().Length);
        // A record keeps its account; everything else about it can be corrected.
        return Given.Interaction($"crm:A{number % 3 + 1}", $"2026-03-0{random.Next(1, 5)}T{random.Next(24):00}:{random.Next(4) * 15:00}Z", key: $"i{number}",
            direction: (Direction)random.Next(3), kind: kind, channel: (Channel)random.Next(4),
            contact: random.Next(4) == 0 ? null : Contacts[random.Next(3)], thread: random.Next(2) == 0 ? null : Threads[random.Next(2)],
            staff: "hr:Ann", owner: random.Next(5) == 0 ? "hr:Bob" : null) with
        {
            Automatic = random.Next(8) == 0,
            ToBot = random.Next(5) == 0,
            Connected = random.Next(2) == 0,
            DurationSeconds = random.Next(90),
            Deleted = random.Next(10) == 0,
            SourceModifiedAt = Modified(round),
        };
    }

    private static DateTimeOffset Modified(int round) => Given.At("2026-05-01T00:00Z").AddHours(round);
}
