using System.Globalization;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Compensation;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>What a run says about the moment it knows, beside the moment at which its quarter was closed.</summary>
public sealed class RunKnowledgeTests
{
    private static readonly Period Quarter = Period.QuarterOf(new DateOnly(2026, 7, 1));

    [Fact]
    public void A_quarter_that_was_closed_before_is_paid_as_it_was_reported() => Assert.Equal(
        ["Q3 2026 was closed before, with what was known at 5 Oct 2026, 00:00: figures of closed quarters are paid as they were reported, everything else as known at 20 Oct 2026, 00:00.",
            "What came in later is paid by a later run, as a line for an earlier period with its cause."],
        Words(PayRunState.Locked, Closed("2026-10-05", "2026-10-06")));

    [Fact]
    public void One_that_was_closed_since_has_other_figures_and_a_draft_can_be_computed_by_them()
    {
        var words = Words(PayRunState.Draft, Closed("2026-10-21", "2026-10-22"));

        Assert.StartsWith("Q3 2026 was not closed when the run was computed", words[0], StringComparison.Ordinal);
        Assert.Equal("Q3 2026 was closed after the run was computed, on 22 Oct 2026, 00:00, with what was known at 21 Oct 2026, 00:00; its figures can differ from these. Compute it again to pay by them.", words[1]);
        Assert.DoesNotContain("Compute it again", Words(PayRunState.Locked, Closed("2026-10-21", "2026-10-22"))[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_quarter_that_was_restated_before_the_restated_figures_count() =>
        Assert.StartsWith("Q3 2026 was restated before, with what was known at 10 Oct 2026", Words(PayRunState.Locked, Closed("2026-10-05", "2026-10-06"), Closed("2026-10-10", "2026-10-11", 2))[0], StringComparison.Ordinal);

    private static IReadOnlyList<string> Words(PayRunState state, params Edition[] editions) => RunKnowledge.InWords(
        new PayRun { Id = 1, Plan = "p", Period = Quarter, State = state, AsOf = At("2026-10-20"), Versions = [1], ControlTotal = null, ControlRows = null, Hash = null }, editions, TimeZoneInfo.Utc);

    private static Edition Closed(string cutOff, string at, int number = 1) => new()
    {
        Id = number,
        Period = Quarter,
        Number = number,
        CutOff = At(cutOff),
        ClosedAt = At(at),
        Reason = number > 1 ? "late data" : null,
        FirstBy = "one",
        SecondBy = "two",
        Zone = TimeZoneInfo.Utc,
        LastBatch = 1,
        Hash = "",
        PreviousHash = null,
        KeepsTargets = true,
    };

    private static DateTimeOffset At(string day) => DateTimeOffset.Parse($"{day}T00:00Z", CultureInfo.InvariantCulture);
}
