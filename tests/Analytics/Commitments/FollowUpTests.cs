using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>Silence after a contact with Pat on 2 March 2026 at 10:00; the 30th day is 1 April.</summary>
public sealed class FollowUpTests : IAsyncLifetime
{
    private const string Owed = "i1 | 03-02 10:00 | 04-02 00:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("follow_up");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task Without_a_known_person_there_is_nobody_to_follow_up() => Expect([], Theirs("i1", "2026-03-02T10:00Z") with { ContactKey = null });

    [Fact]
    public Task Silence_after_either_sides_last_word_is_owed() => Expect(
        [Owed + "-", "q | 03-02 10:00 | 04-02 00:00 | -"], Theirs("i1", "2026-03-02T10:00Z"), Ours("q", "2026-03-02T10:00Z") with { ContactKey = "crm:Quinn" });

    [Fact]
    public Task Contacts_less_than_a_week_apart_are_one_conversation() => Expect(
        ["i3 | 03-15 10:00 | 04-15 00:00 | -"], Theirs("i1", "2026-03-02T10:00Z"), Ours("i2", "2026-03-09T10:00Z"), Theirs("i3", "2026-03-15T10:00Z"));

    [Fact]
    public Task Our_next_contact_within_30_days_keeps_it_and_begins_the_next() => Expect(
        [Owed + "04-01 23:59 by i2", "i2 | 04-01 23:59 | 05-02 00:00 | -"], Theirs("i1", "2026-03-02T10:00Z"), Ours("i2", "2026-04-01T23:59Z"));

    [Fact]
    public Task After_30_days_it_is_late() => Expect(
        [Owed + "04-10 10:00 by i2", "i2 | 04-10 10:00 | 05-11 00:00 | -"], Theirs("i1", "2026-03-02T10:00Z"), Ours("i2", "2026-04-10T10:00Z"));

    [Fact]
    public Task A_customer_who_comes_back_in_time_leaves_nothing_owed_for_that_silence() => Expect(
        ["i2 | 03-20 10:00 | 04-20 00:00 | 04-05 10:00 by i3", "i3 | 04-05 10:00 | 05-06 00:00 | -"],
        Theirs("i1", "2026-03-02T10:00Z"), Theirs("i2", "2026-03-20T10:00Z"), Ours("i3", "2026-04-05T10:00Z"));

    [Fact]
    public Task A_customer_who_comes_back_later_was_forgotten() => Expect(
        [Owed + "04-13 10:00 by i3", "i3 | 04-13 10:00 | 05-14 00:00 | -"],
        Theirs("i1", "2026-03-02T10:00Z"), Theirs("i2", "2026-04-12T10:00Z"), Ours("i3", "2026-04-13T10:00Z"));

    [Fact]
    public Task Machines_mailings_notes_and_calls_nobody_took_neither_begin_nor_end_a_silence() => Expect(
        [Owed + "-"], Theirs("i1", "2026-03-02T10:00Z"), Ours("auto", "2026-03-20T10:00Z") with { Automatic = true }, Ours("bulk", "2026-03-20T10:00Z") with { Bulk = true },
        Ours("note", "2026-03-20T10:00Z") with { Direction = Direction.Internal, Kind = InteractionKind.Note },
        Ours("ring", "2026-03-20T10:00Z") with { Kind = InteractionKind.Call, Connected = false });

    [Fact]
    public Task A_next_step_recorded_meanwhile_keeps_it() => Expect([Owed + "03-20 10:00 by M"], Theirs("i1", "2026-03-02T10:00Z"), Promise("2026-03-20T10:00Z"));

    [Fact]
    public Task While_a_next_step_is_open_no_silence_begins() => Expect([], Promise("2026-03-01T10:00Z"), Theirs("i1", "2026-03-02T10:00Z"));

    [Fact]
    public Task A_next_step_already_done_is_none() => Expect(
        [Owed + "-"], Promise("2026-01-15T10:00Z") with { DoneAt = Given.At("2026-01-20T10:00Z") }, Theirs("i1", "2026-03-02T10:00Z"));

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "2026-03-20T10:00Z")]
    public Task Who_must_not_be_contacted_or_has_left_is_owed_nothing(bool doNotContact, string? left) => Expect(
        [], Given.Contact("crm:A", "crm:Pat") with { DoNotContact = doNotContact, LeftAt = left is null ? null : Given.At(left) }, Theirs("i1", "2026-03-02T10:00Z"));

    [Fact]
    public async Task Contacts_that_arrive_late_move_and_are_deleted_are_followed()
    {
        await Expect([Owed + "-"], Theirs("i1", "2026-03-02T10:00Z"));
        var reply = Ours("i2", "2026-03-25T10:00Z") with { SourceModifiedAt = Given.At("2026-03-25T10:00Z") };
        await _kind.ExpectAsync([Owed + "03-25 10:00 by i2", "i2 | 03-25 10:00 | 04-25 00:00 | -"], reply);
        await _kind.ExpectAsync(["i3 | 03-20 10:00 | 04-20 00:00 | -"],
            Theirs("i3", "2026-03-20T10:00Z"), reply with { OccurredAt = Given.At("2026-03-15T10:00Z"), Automatic = true, SourceModifiedAt = Given.At("2026-03-26T10:00Z") });
        await _kind.ExpectAsync(
            ["i3 | 03-20 10:00 | 04-20 00:00 | - | deleted"], Theirs("i3", "2026-03-20T10:00Z") with { Deleted = true, SourceModifiedAt = Given.At("2026-06-02T10:00Z") });
    }

    [Fact]
    public async Task A_promise_recorded_in_the_week_of_a_conversation_that_goes_on_leaves_no_trace()
    {
        await Expect([], Theirs("i1", "2026-03-02T10:00Z"), Promise("2026-03-05T10:00Z"));
        await _kind.ExpectAsync(["i2 | 04-06 10:00 | 05-07 00:00 | -"], Theirs("i2", "2026-04-06T10:00Z"));
    }

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(obligations, [Given.Account("crm:A"), .. facts]);

    private static Interaction Theirs(string key, string at) => Given.Inbound("crm:A", at, "crm:Pat", key: key);

    private static Interaction Ours(string key, string at) => Given.Outbound("crm:A", at, "crm:Pat", staff: "hr:Ann", key: key);

    private static Promise Promise(string at) => new()
    {
        SourceKey = "M",
        Account = "crm:A",
        OccurredAt = Given.At(at),
        Content = "figures",
        OwnerKey = "hr:Ann",
        ContactKey = "crm:Pat",
        DueAt = Given.At("2026-04-01T10:00Z"),
    };
}
