using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Audits.Report;
using static Followthrough.Tests.Dashboard.Audits.GivenReport;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>The summary says what the figures say, in sentences, and nothing they don't.</summary>
public sealed class SummaryWordsTests
{
    [Fact]
    public void A_fall_is_said_with_what_was_broken_most()
    {
        var figures = Of(Figure("respond_24h", (700, 1000), (850, 1000)), Figure("invoice_14d", (90, 100), (90, 100)));
        Assert.Equal(
            "We kept 71.8 % of 1,100 commitments in Q2 2026. That is 13.6 points fewer than in Q1 2026, and no matter of mix: with the kinds held still it is 13.6 points. "
            + "Broken most was “Answered within 24 h”, 300 of 1,000 (30.0 %; 15.0 % before), then “Invoiced within 14 days”, 10 of 100 (10.0 %; 10.0 % before).", Plain(SummaryWords.Lead(figures)));
        Assert.Equal("One of two figures moved by more than chance would move it, for the worse.", Plain(SummaryWords.Movement(figures)));
        Assert.Equal("“Answered within 24 h” moved most. It fell by 15.0 points, from 85.0 % to 70.0 %, which is worse.", Plain(MoverWords.Of(figures.Movers)[0].What));
    }

    [Fact]
    public void A_rise_is_said_as_one_and_the_next_ones_follow_it()
    {
        var figures = Of(
            Figure("respond_24h", (900, 1000), (700, 1000)), Figure("invoice_14d", (800, 1000), (650, 1000)), Figure("promise_kept", (650, 1000), (750, 1000)), Figure("check_in", (300, 1000), (370, 1000)));
        var words = MoverWords.Of(figures.Movers).Select(m => Plain(m.What)).ToList();
        Assert.Equal(
        [
            "“Answered within 24 h” moved most. It rose by 20.0 points, from 70.0 % to 90.0 %, which is better.",
            "“Invoiced within 14 days” got better too, and is at 80.0 % after 65.0 %.",
            "“Promises kept”, though, got worse, and is at 65.0 % after 75.0 %.",
            "“Management asked how it is going” got worse as well: it fell from 37.0 % to 30.0 %.",
        ], words);
        Assert.Equal("Four of four figures moved by more than chance would move them, two for the better and two for the worse.", Plain(SummaryWords.Movement(figures)));
    }

    [Fact]
    public void Where_nothing_moved_beyond_chance_that_is_said_and_what_came_nearest()
    {
        var figures = Of(Figure("respond_24h", (88, 100), (90, 100)), Figure("invoice_14d", (70, 100), (71, 100)));
        Assert.Equal("None of the two figures that can be compared moved by more than chance alone would move it. Nearest to it comes “Answered within 24 h”: 88.0 %, after 90.0 %.", Plain(SummaryWords.Movement(figures)));
        Assert.StartsWith("We kept 79.0 % of 200 commitments in Q2 2026. In Q1 2026 it was 80.5 %", Plain(SummaryWords.Lead(figures)), StringComparison.Ordinal);
        Assert.Contains("“Answered within 24 h” stands at 88.0 %, after 90.0 %: no more than chance would change it.", SummaryWords.Rest(figures).Select(Plain));
        Assert.Empty(figures.Movers);
    }

    [Fact]
    public void Of_many_figures_some_move_by_chance_and_the_reader_is_told()
    {
        string[] ids = [.. MetricCatalogue.Commitments.Where(m => m.Kind != "deliver_current").Select(m => m.Id).Take(18)];
        var figures = Of([Figure(ids[0], (700, 1000), (760, 1000)), .. ids.Skip(1).Select(id => Figure(id, (800, 1000), (800, 1000)))]);
        Assert.Equal("One of 18 figures moved by more than chance would move it, for the worse. Of so many about one would seem to by chance alone, so take them for hints.", Plain(SummaryWords.Movement(figures)));
    }

    [Fact]
    public void A_missing_figure_is_named_with_its_reason_and_never_called_zero()
    {
        var figures = Of(Figure("respond_24h", (700, 1000), (700, 1000)), Figure("deliver_b0", (0, 0), (5, 10)), Figure("spot_check", (0, 0), (5, 10)));
        Assert.Contains("Two figures have no value, among them “Delivered by the first date” (nothing was owed).", SummaryWords.Rest(figures).Select(Plain));
        Assert.DoesNotContain(SummaryWords.Rest(figures), words => words.Contains(" 0.0", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_quarter_ever_is_compared_with_nothing()
    {
        var figures = Of(Figure("respond_24h", (700, 1000), null, 0.95));
        Assert.Equal(
            "We kept 70.0 % of 1,000 commitments in Q2 2026. Nothing came before it that it could be compared with. What we broke is all of one kind, “Answered within 24 h”: 300 of 1,000 (30.0 %).",
            Plain(SummaryWords.Lead(figures)));
        Assert.Equal("", SummaryWords.Movement(figures));
        Assert.Equal(["The one figure that has a target misses it."], SummaryWords.Middle(figures).Select(Plain));
        Assert.Equal("Of Q2 2026 nothing can be said yet: nothing was owed in this period that is due by now.", Plain(SummaryWords.Lead(Of(Figure("respond_24h", (0, 0), null)))));
    }

    [Fact]
    public void What_moved_furthest_comes_first_however_sure_another_is()
    {
        // Thirteen points of three hundred cases, and four of ten thousand: the second is the surer one.
        var figures = Of(Figure("respond_24h", (8400, 10000), (8000, 10000)), Figure("invoice_14d", (200, 300), (240, 300)));
        Assert.Equal(["Invoiced within 14 days", "Answered within 24 h"], figures.Movers.Select(m => m.Figure.Metric.Name));
    }

    [Fact]
    public void Targets_are_said_with_who_reaches_them_and_who_is_furthest_from_them()
    {
        Assert.Equal(
            "Of three figures that have a target, one reaches it: “Invoiced within 14 days”. Furthest from theirs are “Management asked how it is going” (20.0 % where 80.0 % was aimed at) "
            + "and “Answered within 24 h” (90.0 % where 95.0 % was aimed at).",
            Plain(SummaryWords.Aimed(Of(
                Figure("respond_24h", (900, 1000), null, 0.95), Figure("invoice_14d", (950, 1000), null, 0.9), Figure("check_in", (200, 1000), null, 0.8), Figure("promise_kept", (1, 2), null, 0.8)))));
        Assert.Equal("Of two figures that have a target, every one reaches it.", SummaryWords.Aimed(Of(Figure("respond_24h", (900, 1000), null, 0.9), Figure("invoice_14d", (950, 1000), null, 0.9))));
    }

    [Fact]
    public void Mix_is_told_apart_from_what_was_done()
    {
        // Each kind is kept as often as before; the one that is seldom kept fell due more often.
        var figures = Of(Figure("respond_24h", (900, 1000), (1800, 2000)), Figure("check_in", (200, 1000), (20, 100)));
        Assert.Contains("In Q1 2026 it was 86.7 %, but what fell due then was of another kind: with the same mix we kept about as many.", Plain(SummaryWords.Lead(figures)), StringComparison.Ordinal);
    }

    private static string Plain(string words) => words.Replace('\u00a0', ' ');
}
