using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Commitments;

/// <summary>Who raises an issue hears from a person of ours.</summary>
public sealed class AcknowledgeIssueTests() : RuleTests("acknowledge_issue")
{
    [Fact]
    public Task Without_an_issue_nothing_is_owed() => Expect([], Answer("a", "11:00"));

    [Theory]
    [InlineData(Priority.Urgent, "03-02 11:00")]
    [InlineData(Priority.High, "03-02 14:00")]
    [InlineData(Priority.Normal, "03-03 10:00")]
    [InlineData(Priority.Low, "03-04 10:00")]
    public Task The_priority_decides_by_when(Priority priority, string due) => Expect(
        [$"S1 03-02 10:00 – {due}: open"], GivenWork.Issue(A, "S1", "2026-03-02T10:00Z", priority));

    [Fact]
    public Task Hours_are_elapsed_ones_also_when_the_clock_changes() => Expect(
        ["S1 03-07 23:00 – 03-08 23:00: open"],
        [.. Given.WorkingWeek("cal:NY", "America/New_York"), Given.Account(A, calendar: "cal:NY"), GivenWork.Issue(A, "S1", "2026-03-07T23:00Z")]);

    [Fact]
    public Task The_first_human_answer_to_the_person_or_in_the_thread_fulfils_it() => Expect(
        ["S1 03-02 10:00 – 03-03 10:00: fulfilled 03-02 10:40 by a3", "S2 03-02 10:00 – 03-03 10:00: fulfilled 03-02 10:30 by a2"],
        Raised("S1"), Raised("S2") with { ContactKey = "crm:Quinn", ThreadKey = "desk:T2" },
        Answer("before", "09:59"), Answer("a1", "10:10") with { Automatic = true },
        Answer("a2", "10:30") with { ContactKey = null, ThreadKey = "desk:T2", Channel = Channel.Portal }, Answer("a3", "10:40"));

    [Theory]
    [InlineData(30, true, "S1 03-02 10:00 – 03-03 10:00: fulfilled 03-02 10:30 by a")]
    [InlineData(29, true, "S1 03-02 10:00 – 03-03 10:00: open")]
    [InlineData(90, false, "S1 03-02 10:00 – 03-03 10:00: open")]
    public Task A_call_answers_when_it_was_connected_for_half_a_minute(int seconds, bool connected, string row) => Expect(
        [row], Raised("S1"), Answer("a", "10:30") with { Kind = InteractionKind.Call, Channel = Channel.Phone, DurationSeconds = seconds, Connected = connected });

    [Fact]
    public Task Notes_mailings_and_changes_of_state_reach_nobody() => Expect(
        ["S1 03-02 10:00 – 03-03 10:00: open"],
        Raised("S1"), Answer("note", "10:10") with { Direction = Direction.Internal, Kind = InteractionKind.Note }, Answer("bulk", "10:20") with { Bulk = true },
        Answer("other", "10:25") with { ContactKey = "crm:Quinn" }, GivenWork.State(A, "S1", State.Open, "2026-03-02T10:30Z"));

    [Fact]
    public Task An_issue_of_nobody_in_particular_is_answered_to_nobody_in_particular() => Expect(
        ["S1 03-02 10:00 – 03-03 10:00: fulfilled 03-02 10:40 by a2"],
        Raised("S1") with { ContactKey = null }, Answer("a1", "10:30"), Answer("a2", "10:40") with { ContactKey = null });

    [Fact]
    public async Task Never_acknowledged_is_missed_when_the_hours_are_over()
    {
        await World.LoadAsync(GivenWork.Issue(A, "S1", "2026-03-02T10:00Z", Priority.Urgent));
        await World.RefreshAsync();
        Assert.Equal(1, (await FigureAsync("acknowledge_issue", "2026-03-02T11:00Z")).Pending);
        Assert.Equal(1, (await FigureAsync("acknowledge_issue", "2026-03-02T11:00:01Z")).NeverAnswered);
    }

    [Fact]
    public async Task Late_arrivals_corrections_and_deletions_end_where_one_clean_load_ends()
    {
        await Expect([], Answer("a2", "12:00"));
        await Expect(["S1 03-02 10:00 – 03-03 10:00: fulfilled 03-02 12:00 by a2"], Raised("S1"));
        await Expect(["S1 03-02 10:00 – 03-03 10:00: fulfilled 03-02 11:00 by a1"], Answer("a1", "11:00"));
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["S1 03-02 10:00 – 03-03 10:00: fulfilled 03-02 12:00 by a2"], Answer("a1", "11:00") with { ContactKey = "crm:Quinn" });
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Expect(["S1 03-02 10:00 – 03-02 11:00: fulfilled 03-02 12:00 by a2 deleted"], Raised("S1") with { Priority = Priority.Urgent, Deleted = true });
    }

    private static Issue Raised(string key) => GivenWork.Issue(A, key, "2026-03-02T10:00Z");

    private static Interaction Answer(string key, string time) => Given.Outbound(A, $"2026-03-02T{time}Z", "crm:Pat", staff: "hr:Ann", key: key);
}
