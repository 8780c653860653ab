using Followthrough.Analytics.CallLists;
using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.CallLists;

public sealed class CallListTests
{
    // Noon of 1 June 2026 is now.
    private const string Lately = "2026-05-25T10:00Z";
    private const string Before = "2026-04-01T10:00Z";

    private static readonly Viewer Everybody = Viewer.Everything("test");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_most_value_at_stake_is_called_first_and_who_has_no_place_is_counted()
    {
        await using var world = await WorldAsync("A", "B", "C", "D");
        await Scored.WriteAsync(world, "model", (Key("A"), 0.9, 100), (Key("B"), 0.2, 900), (Key("C"), 0.5, 500), (Key("D"), 0.4, null));

        var list = await MakeAsync(world, capacity: 3);

        Assert.Equal([Key("B"), Key("C"), Key("A")], (await RowsAsync(world, list)).Select(row => row.Account));
        Assert.Equal((3, 0, 1, 0), (list.Calls, list.Suppressed.Count, list.NotReached, list.Done));
        Assert.Equal(["3"], await world.TextsAsync("select count(*) from churn_treatment where treatment = 'called'"));
    }

    [Fact]
    public async Task A_recency_list_is_called_by_its_own_rank_whatever_is_at_stake()
    {
        await using var world = await WorldAsync("A", "B");
        await Scored.WriteAsync(world, "recency", (Key("A"), 0.2, 100), (Key("B"), 0.9, 900));

        var list = await MakeAsync(world);

        Assert.Equal(ListBasis.Recency, list.Basis);
        Assert.Equal([Key("A"), Key("B")], (await RowsAsync(world, list)).Select(row => row.Account));
    }

    [Fact]
    public async Task Who_must_or_should_not_be_called_is_left_out_with_the_reason()
    {
        await using var world = await WorldAsync("A", "B", "C", "D", "E", "F");
        await world.LoadAsync(
            Given.Account(Key("A")) with { ClosedAt = Given.At(Before) },
            Given.Contact(Key("B"), "crm:b") with { Phone = "+4930123", DoNotContact = true },
            Given.Account(Key("C")) with { Phone = null },
            Given.Contact(Key("C"), "crm:c"),
            Given.Outbound(Key("D"), Lately),
            GivenWork.Issue(Key("E"), "crm:issue", Before),
            GivenMoney.Invoice(Key("E"), "erp:invoice", Before, null).OfType<Invoice>().Single() with { DueOn = new DateOnly(2026, 5, 1) });
        await Scored.WriteAsync(world, "model", [.. "ABCDEF".Select(letter => (Key($"{letter}"), 0.5, (int?)100))]);

        var list = await MakeAsync(world);

        Assert.Equal([Key("F")], (await RowsAsync(world, list)).Select(row => row.Account));
        Assert.Equal(
            ["contacted lately 1", "must not be contacted 1", "no customer any more 1", "nobody to reach 1", "open dispute 1"],
            list.Suppressed.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_customer_is_on_one_open_list_at_a_time()
    {
        await using var world = await WorldAsync("A", "B");
        await Scored.WriteAsync(world, "model", (Key("A"), 0.5, 200), (Key("B"), 0.5, 100));
        var first = await MakeAsync(world, capacity: 1);

        var second = await MakeAsync(world, capacity: 1);
        await Store(world).CloseAsync(first.Id, "test", Ct);
        var third = await MakeAsync(world, capacity: 1);

        Assert.Equal([Key("A")], (await RowsAsync(world, first)).Select(row => row.Account));
        Assert.Equal([Key("B")], (await RowsAsync(world, second)).Select(row => row.Account));
        Assert.Equal(new Dictionary<string, long> { ["on another list"] = 1 }, second.Suppressed);
        Assert.Equal([Key("A")], (await RowsAsync(world, third)).Select(row => row.Account));
    }

    [Fact]
    public async Task One_in_ten_is_held_out_for_ever_and_only_who_would_have_been_called()
    {
        await using var world = await World.CreateAsync();
        var keys = Enumerable.Range(1, 400).Select(i => $"crm:{i}").ToList();
        await world.LoadAsync([.. keys.Select(key => Given.Account(key) with { Phone = "+4930123" })]);
        await Scored.WriteAsync(world, "model", [.. keys.Select((key, i) => (key, 0.5, (int?)(1000 - i)))]);

        var list = await MakeAsync(world, capacity: 100);
        await Store(world).CloseAsync(list.Id, "test", Ct);
        var again = await MakeAsync(world, capacity: 100);

        const string HeldOut = "select source_key from call_list_account join account using (account_id) where fate = 'held_out' and call_list_id = {0} order by 1";
        var held = await world.TextsAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, HeldOut, list.Id));
        Assert.Equal(held, await world.TextsAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, HeldOut, again.Id)));
        Assert.Equal(100, list.Calls);
        // Of 100 calls about 11 are held out by chance; fewer than 3 or more than 25 are one in ten thousand.
        Assert.InRange(list.HeldOut, 3, 25);
        Assert.Equal(keys.Count, list.Considered);
        Assert.Equal(["True"], await world.TextsAsync($"""
            select bool_and(is_held_out(source_key) = (fate = 'held_out')) from call_list_account join account using (account_id)
            where call_list_id = {list.Id} and fate in ('call', 'held_out')
            """));
    }

    [Fact]
    public async Task A_list_has_the_customers_of_its_team_or_person_and_is_seen_by_theirs()
    {
        await using var world = await WorldAsync("A", "B");
        await world.LoadAsync(
            Given.Team("hr:T"), Given.Staff("hr:S"), Given.Staff("hr:O"), Given.Membership("hr:S", "hr:T"),
            Given.Assignment(Key("A"), "hr:S"), Given.Assignment(Key("B"), "hr:O"));
        await Scored.WriteAsync(world, "model", (Key("A"), 0.5, 200), (Key("B"), 0.5, 100));

        var ofTeam = await Store(world).MakeAsync(new CallListRequest { Team = "hr:T", MadeBy = "test" }, Ct);
        var ofOther = await Store(world).MakeAsync(new CallListRequest { Staff = "hr:O", MadeBy = "test" }, Ct);

        Assert.Equal([Key("A")], (await RowsAsync(world, (await Store(world).FindAsync(Everybody, ofTeam, Ct))!)).Select(row => row.Account));
        Assert.Equal([Key("B")], (await RowsAsync(world, (await Store(world).FindAsync(Everybody, ofOther, Ct))!)).Select(row => row.Account));
        var manager = new Viewer("manager", ["hr:T"], null);
        Assert.Equal([ofTeam], (await Store(world).AllAsync(manager, 9, Ct)).Select(list => list.Id));
        Assert.Null(await Store(world).FindAsync(new Viewer("staff", null, "hr:S"), ofOther, Ct));
        Assert.Equal([ofOther], (await Store(world).AllAsync(new Viewer("staff", null, "hr:O"), 9, Ct)).Select(list => list.Id));
    }

    [Fact]
    public async Task What_stands_between_us_is_the_opening_and_any_contact_of_ours_is_the_outcome()
    {
        await using var world = await WorldAsync("A");
        await world.LoadAsync(
            Given.Contact(Key("A"), "crm:old") with { Name = "Old", Phone = "+49301", LeftAt = Given.At(Before) },
            Given.Contact(Key("A"), "crm:new") with { Name = "New", Phone = "+49302", PreferredChannel = Channel.Phone },
            GivenWork.Issue(Key("A"), "crm:issue", Before) with { Title = "Leak" });
        await world.RefreshAsync();
        await Scored.WriteAsync(world, "model", (Key("A"), 0.5, 200));
        var list = await MakeAsync(world);

        var row = Assert.Single(await RowsAsync(world, list));
        Assert.Equal(("New", "+49302", "phone", "Leak"), (row.ContactName, row.Phone, row.PreferredChannel, row.Issue?.Title));
        Assert.Equal("Say where we are with “Leak”, open since 1 Apr 2026, before anything else.", CallOpening.Of(row, TimeZoneInfo.Utc));
        Assert.Null(row.Outcome);

        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.LoadAsync(Given.Interaction(Key("A"), "2026-06-01T13:00Z", Direction.Outbound, InteractionKind.Call, Channel.Phone, staff: "hr:S") with { Connected = true, DurationSeconds = 60 });
        Assert.Equal(("called", "hr:S"), (await RowsAsync(world, list)) is [{ Outcome: { } outcome }] ? (outcome.What, outcome.By) : default);
        Assert.Equal(1, (await Store(world).FindAsync(Everybody, list.Id, Ct))!.Done);
    }

    [Fact]
    public async Task Who_asks_not_to_be_contacted_has_no_number_on_lists_made_before()
    {
        await using var world = await WorldAsync("A");
        var contact = Given.Contact(Key("A"), "crm:a") with { Phone = "+49302", Email = "a@example.com" };
        await world.LoadAsync(contact);
        await Scored.WriteAsync(world, "model", (Key("A"), 0.5, 200));
        var list = await MakeAsync(world);

        await world.LoadAsync(contact with { DoNotContact = true });

        Assert.Equal((true, null, null), (await RowsAsync(world, list)) is [var row] ? (row.DoNotContact, row.Phone, row.Email) : default);
    }

    [Fact]
    public async Task Weekly_lists_are_closed_and_made_again()
    {
        await using var world = await WorldAsync("A");
        await Scored.WriteAsync(world, "model", (Key("A"), 0.5, 200));
        var weekly = await Store(world).MakeAsync(new CallListRequest { MadeBy = "test", Weekly = true, Capacity = 7 }, Ct);
        await Store(world).MakeAsync(new CallListRequest { MadeBy = "test" }, Ct);

        Assert.Equal(1, await Store(world).RepeatAsync("schedule", Ct));

        var lists = await Store(world).AllAsync(Everybody, 9, Ct);
        Assert.Equal(3, lists.Count);
        Assert.Equal((7, 1, null), (lists[0].Request.Capacity, lists[0].Calls, lists[0].ClosedAt));
        Assert.NotNull(lists.Single(list => list.Id == weekly).ClosedAt);
    }

    [Fact]
    public async Task Without_a_scoring_there_is_no_list_and_it_says_what_to_do()
    {
        await using var world = await WorldAsync("A");
        var refused = await Assert.ThrowsAsync<ChurnException>(() => Store(world).MakeAsync(new CallListRequest { MadeBy = "test" }, Ct));
        Assert.Contains("analytics train", refused.Message, StringComparison.Ordinal);
    }

    // Keys that the hold-out leaves alone, so that a test is about what it says.
    private static string Key(string letter) => $"crm:{letter}1";

    private static async Task<World> WorldAsync(params string[] letters)
    {
        var world = await World.CreateAsync();
        await world.LoadAsync([.. letters.Select(letter => Given.Account(Key(letter)) with { Phone = "+4930123" })]);
        Assert.Equal(["0"], await world.TextsAsync("select count(*) from account where is_held_out(source_key)"));
        return world;
    }

    private static CallListStore Store(World world) => new(world.Database.DataSource, world.Clock);

    private static async Task<CallList> MakeAsync(World world, int capacity = 10) =>
        (await Store(world).FindAsync(Everybody, await Store(world).MakeAsync(new CallListRequest { Capacity = capacity, MadeBy = "test" }, Ct), Ct))!;

    private static Task<IReadOnlyList<CallListRow>> RowsAsync(World world, CallList list) => Store(world).RowsAsync(Everybody, list, null, Ct);
}
