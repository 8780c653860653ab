using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>
/// Bob writes to a customer; Ann is his manager. By the seed mail:22 is in the sample of the first quarter of 2026, mail:20 in that of the
/// second, mail:337 in both, mail:1 in neither.
/// </summary>
public sealed class SpotCheckTests : IAsyncLifetime
{
    private const string Owed = "mail:22 | 02-03 10:00 | 04-01 00:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("spot_check");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task Nobody_who_wrote_nothing_is_checked() => Expect([], Given.Inbound("crm:A", "2026-02-03T10:00Z", key: "mail:22"));

    [Fact]
    public Task What_is_in_the_sample_depends_on_key_and_quarter() => Expect(
        [Owed + "-", "mail:337 | 03-31 23:59 | 04-01 00:00 | -", "mail:20 | 04-01 00:00 | 07-01 00:00 | -"],
        Sent("mail:22"), Sent("mail:1"), Sent("mail:337", "2026-03-31T23:59Z"), Sent("mail:20", "2026-04-01T00:00Z"), Sent("mail:38", "2026-02-03T10:00Z"));

    [Fact]
    public async Task About_one_in_a_hundred_is_in_the_sample()
    {
        await _kind.World.LoadAsync([Given.Account("crm:A"), .. Enumerable.Range(0, 2000).Select(i => Sent($"mail:{i}"))]);
        await _kind.World.RefreshAsync();
        Assert.Equal(23, await _kind.World.CountAsync("select count(*) from commitment where kind = 'spot_check'"));
    }

    [Fact]
    public Task Machines_internal_notes_and_unanswered_calls_are_not_checked() => Expect(
        [], Sent("mail:22") with { Automatic = true }, Sent("mail:138") with { Bulk = true }, Sent("mail:151") with { StaffKey = null },
        Sent("mail:219") with { Direction = Direction.Internal, Kind = InteractionKind.Note },
        Sent("mail:337") with { Kind = InteractionKind.Call, Connected = false });

    [Theory]
    [InlineData("2026-03-31T23:59Z")]
    [InlineData("2026-04-02T09:00Z")]
    public Task The_first_review_by_somebody_else_counts_when_it_was_made(string at) => Expect(
        [Owed + $"{at[5..10]} {at[11..16]} by R"], Sent("mail:22"), Review("R", "mail:22", at), Review("later", "mail:22", "2026-04-20T09:00Z"));

    [Fact]
    public Task A_review_of_another_communication_or_from_before_it_does_not_count() => Expect(
        [Owed + "-"], Sent("mail:22"), Review("R", "mail:1", "2026-02-05T09:00Z"), Review("S", "mail:22", "2026-02-03T09:59Z"));

    [Fact]
    public Task Nobody_checks_himself() => Expect(
        [Owed + "- | self_review"], Sent("mail:22"), Review("R", "mail:22", "2026-02-05T09:00Z") with { ReviewerKey = "hr:Bob" });

    [Fact]
    public Task A_review_by_somebody_else_counts_also_after_ones_own() => Expect(
        [Owed + "02-09 09:00 by S"], Sent("mail:22"), Review("R", "mail:22", "2026-02-05T09:00Z") with { ReviewerKey = "hr:Bob" },
        Review("S", "mail:22", "2026-02-09T09:00Z"));

    [Theory]
    [InlineData(true, false, "")]
    [InlineData(true, true, " | empty_interim")]
    [InlineData(false, true, " | failed")]
    [InlineData(null, null, "")]
    public Task What_the_reviewer_found_is_the_outcome(bool? passed, bool? empty, string outcome) => Expect(
        [Owed + "02-05 09:00 by R" + outcome], Sent("mail:22"), Review("R", "mail:22", "2026-02-05T09:00Z") with { Passed = passed, EmptyInterim = empty });

    [Fact]
    public async Task A_review_that_arrives_late_and_a_communication_that_moves_or_goes_are_followed()
    {
        var sent = Sent("mail:22") with { SourceModifiedAt = Given.At("2026-02-03T10:00Z") };
        await Expect([Owed + "-"], sent);
        await _kind.ExpectAsync([Owed + "02-05 09:00 by R"], Review("R", "mail:22", "2026-02-05T09:00Z"));
        await _kind.ExpectAsync([], sent with { OccurredAt = Given.At("2026-04-03T10:00Z"), SourceModifiedAt = Given.At("2026-04-04T10:00Z") });
        await _kind.ExpectAsync([Owed + "02-05 09:00 by R | deleted"], sent with { Deleted = true, SourceModifiedAt = Given.At("2026-04-05T10:00Z") });
    }

    [Fact]
    public async Task Quarters_are_the_companys_also_after_the_clock_has_changed()
    {
        await Company.WriteAsync(_kind.World.Database.DataSource, "Test", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), TestContext.Current.CancellationToken);
        await Expect(["mail:22 | 03-31 23:59 | 04-01 00:00 | -"], Sent("mail:22", "2026-04-01T03:59Z"), Sent("mail:138", "2026-04-01T04:00Z"));
    }

    [Fact]
    public async Task It_is_owed_by_the_manager_of_that_time_else_by_the_accounts_owner_and_can_be_excused()
    {
        await Expect(
            [Owed + "-", "mail:138 | 02-04 10:00 | 04-01 00:00 | -"], Sent("mail:22"), Sent("mail:138", "2026-02-04T10:00Z") with { StaffKey = "hr:Zoe" },
            Given.Staff("hr:Zoe", until: "2026-02-01T00:00Z") with { ManagerKey = "hr:Ann" }, Given.Assignment("crm:A", "hr:Own"),
            Given.Disposition("crm:A", "mail:22", "2026-02-06T10:00Z", "hr:Ann", "recording is lost", "spot_check"));
        Assert.Equal(["hr:Ann: recording is lost", "hr:Own: "], (await _kind.ColumnAsync("owed_by || ': ' || coalesce(excused_reason, '')")).Order());
    }

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(
        obligations, [Given.Account("crm:A"), Given.Staff("hr:Ann"), Given.Staff("hr:Bob") with { ManagerKey = "hr:Ann" }, .. facts]);

    private static Interaction Sent(string key, string at = "2026-02-03T10:00Z") => Given.Outbound("crm:A", at, "crm:Pat", staff: "hr:Bob", key: key);

    private static CommunicationReview Review(string key, string interaction, string at) => new()
    {
        SourceKey = key,
        Account = "crm:A",
        OccurredAt = Given.At(at),
        InteractionKey = interaction,
        StaffKey = "hr:Bob",
        ReviewerKey = "hr:Ann",
        Passed = true,
    };
}
