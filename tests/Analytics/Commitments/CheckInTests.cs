using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>A quarter with a customer whose project ran from December 2025 to February 2026. Ann leads a team, Bob has Cay reporting to him.</summary>
public sealed class CheckInTests : IAsyncLifetime
{
    private const string Owed = "crm:A/2026-Q1 | 01-01 00:00 | 04-01 00:00 | ";
    private KindWorld _kind = null!;

    public async ValueTask InitializeAsync() => _kind = await KindWorld.CreateAsync("check_in");

    public ValueTask DisposeAsync() => _kind.DisposeAsync();

    [Fact]
    public Task A_customer_without_a_project_or_order_is_not_active() => _kind.ExpectAsync([], Given.Account("crm:A"));

    [Fact]
    public Task A_project_that_runs_when_the_quarter_begins_makes_it_owed() => Expect([Owed + "-"]);

    [Theory]
    [InlineData("2024-04-01T00:00Z", "crm:A/2026-Q2")]
    [InlineData("2024-03-31T23:59Z", "crm:A/2026-Q1")]
    public async Task An_order_makes_active_for_the_quarters_that_begin_within_24_months(string ordered, string last)
    {
        await _kind.World.LoadAsync(
            Given.Account("crm:A"), new SalesOrder { SourceKey = "O", Account = "crm:A", OccurredAt = Given.At(ordered), Amount = 100, Currency = "EUR" });
        await _kind.World.RefreshAsync();
        Assert.Equal([last], await _kind.ColumnAsync("max(commitment_key)"));
    }

    [Theory]
    [InlineData("hr:Ann", "03-31 23:59 by c")]
    [InlineData("hr:Bob", "03-31 23:59 by c")]
    [InlineData("hr:Cay", "-")]
    [InlineData("hr:Old", "-")]
    public Task Only_a_manager_of_that_time_keeps_it(string staff, string kept) => Expect([Owed + kept], Call("c", "2026-03-31T23:59Z", staff));

    [Fact]
    public Task A_message_an_unanswered_call_and_one_of_the_customer_are_no_check_in() => Expect(
        [Owed + "-"], Given.Outbound("crm:A", "2026-02-03T10:00Z", "crm:Pat", staff: "hr:Ann"),
        Call("ring", "2026-02-03T10:00Z", "hr:Ann") with { Connected = false }, Call("theirs", "2026-02-03T10:00Z", "hr:Ann") with { Direction = Direction.Inbound });

    [Fact]
    public Task A_meeting_counts_whoever_asked_for_it() => Expect(
        [Owed + "02-03 10:00 by m"], Call("m", "2026-02-03T10:00Z", "hr:Ann") with { Direction = Direction.Inbound, Kind = InteractionKind.Meeting });

    [Fact]
    public Task A_relationship_that_ends_within_the_quarter_is_owed_nothing_for_it() => _kind.ExpectAsync(
        [], [Given.Account("crm:A") with { ClosedAt = Given.At("2026-03-31T10:00Z") }, .. People(), Work()]);

    [Fact]
    public async Task Calls_that_arrive_late_move_and_a_lead_found_later_are_followed()
    {
        await Expect([Owed + "-"]);
        var call = Call("c", "2026-02-03T10:00Z", "hr:Cay") with { SourceModifiedAt = Given.At("2026-02-03T10:00Z") };
        await _kind.ExpectAsync([Owed + "-"], call);
        await _kind.ExpectAsync([Owed + "02-03 10:00 by c"], Given.Staff("hr:Dee") with { ManagerKey = "hr:Cay" });
        await _kind.ExpectAsync([Owed + "-"], call with { OccurredAt = Given.At("2026-04-03T10:00Z"), SourceModifiedAt = Given.At("2026-02-04T10:00Z") });
        await _kind.ExpectAsync(
            [Owed + "02-05 10:00 by c"], call with { OccurredAt = Given.At("2026-02-05T10:00Z"), Deleted = true, SourceModifiedAt = Given.At("2026-02-06T10:00Z") });
    }

    [Fact]
    public async Task Quarters_are_the_companys_and_follow_it_when_its_zone_changes()
    {
        await Expect([Owed + "-"], Call("c", "2026-04-01T03:59Z", "hr:Ann"));
        await Company.WriteAsync(_kind.World.Database.DataSource, "Test", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), TestContext.Current.CancellationToken);
        await _kind.ExpectAsync([Owed + "03-31 23:59 by c"]);
    }

    private Task Expect(string[] obligations, params Fact[] facts) => _kind.ExpectAsync(obligations, [Given.Account("crm:A"), .. People(), Work(), .. facts]);

    private static Project Work() => GivenProject.Project("crm:A", "P", "2025-12-01T08:00Z", accepted: "2026-02-20T08:00Z");

    private static Fact[] People() =>
    [
        Given.Staff("hr:Ann"), Given.Staff("hr:Bob"), Given.Staff("hr:Cay") with { ManagerKey = "hr:Bob" }, Given.Team("t:North") with { LeadKey = "hr:Ann" },
        Given.Staff("hr:Old"), Given.Staff("hr:Gone", until: "2026-01-31T00:00Z") with { ManagerKey = "hr:Old" },
    ];

    private static Interaction Call(string key, string at, string staff) => Given.Outbound("crm:A", at, "crm:Pat", staff: staff, key: key) with
    {
        Kind = InteractionKind.Call,
        Channel = Channel.Phone,
        Connected = true,
        DurationSeconds = 60,
    };
}
