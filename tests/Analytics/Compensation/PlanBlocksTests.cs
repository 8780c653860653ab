using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class PlanBlocksTests
{
    private const string Text = """
        plan: two
        name: Two
        currency: EUR
        every: quarter
        incentive: 1000
        components:
          # What our customers see first.
          - id: answered
            metric: respond_24h
            for: person
            minimum_n: 20
            weight: 60
            points: [{ at: 80, pays: 50 }, { at: 95, pays: 100 }]
            target: 95

          - id: promised
            metric: promise_kept
            for: person
            minimum_n: 20
            weight: 40
            points:
              - { at: 80, pays: 50 }
              - { at: 95, pays: 100 }
            target: 95
        # Nobody is paid for what was not invoiced.
        gates:
          - { id: invoices, metric: invoice_14d, for: team, minimum_n: 10, limit: 70 }

        """;

    [Fact]
    public void A_block_goes_before_another_with_the_comment_above_it_and_back()
    {
        var moved = PlanBlocks.Later(Text, "components.0");

        Assert.Equal(["promised", "answered"], Ids(moved));
        Assert.Contains("# What our customers see first.\n  - id: answered", moved, StringComparison.Ordinal);
        Assert.Contains("target: 95\n# Nobody is paid", moved, StringComparison.Ordinal);
        Assert.Equal(Text, PlanBlocks.Earlier(moved, "components.1"));
        Assert.Equal(Text, PlanBlocks.Later(Text, "components.1"));
        Assert.Equal(Text, PlanBlocks.Earlier(Text, "components.0"));
    }

    [Fact]
    public void A_block_is_taken_out_whole_and_a_list_with_its_last_one_but_not_the_last_component()
    {
        var one = PlanBlocks.Without(Text, "components.0");

        Assert.Equal(["promised"], Ids(one));
        Assert.DoesNotContain("What our customers see first", one, StringComparison.Ordinal);
        Assert.Equal(one, PlanBlocks.Without(one, "components.0"));
        var ungated = PlanBlocks.Without(Text, "gates.0");
        Assert.DoesNotContain("gates:", ungated, StringComparison.Ordinal);
        Assert.Empty(PlanDocument.Read(ungated).Plan!.Gates);
        Assert.Equal(Text, PlanBlocks.Without(Text, "gates.1"));
    }

    [Theory]
    [InlineData("components: [{ id: a }]")]
    [InlineData("components: [")]
    [InlineData("")]
    [InlineData("components:\n  -\n    id: a")]
    public void What_is_not_written_line_by_line_stays_as_it_is(string text)
    {
        Assert.Empty(PlanBlocks.Of(text));
        Assert.Equal(text, PlanBlocks.Without(text, "components.0"));
        if (text.StartsWith("components:", StringComparison.Ordinal)) Assert.Null(PlanBlocks.With(text, "components", ["- id: b"]));
    }

    [Fact]
    public void What_a_form_adds_can_be_used_as_it_is_for_every_metric_but_for_the_weights()
    {
        foreach (var metric in NewBlock.Metrics)
            foreach (var (kind, list) in NewBlock.Kinds.Where(k => k.Key != "rates" || PlanMetric.IsVolume(metric)))
            {
                var text = PlanBlocks.With(Text, list, NewBlock.Lines(kind, metric, Ids(Text)))!;
                // The same figure is not paid twice, and new weights are somebody's to give.
                var faults = PlanDocument.Read(text).Faults.Where(f => !f.Words.Contains("add up to 110", StringComparison.Ordinal) && !f.Words.Contains("is in the plan already", StringComparison.Ordinal));
                Assert.True(!faults.Any(), $"{kind} of {metric.Id}: {string.Join(' ', faults)}");
                Assert.Equal(list, PlanBlocks.Of(text).Last(b => b.List == list).List);
            }
    }

    [Fact]
    public void Two_blocks_of_one_metric_have_ids_of_their_own()
    {
        var respond = MetricCatalogue.Find("respond_24h")!;
        var once = PlanBlocks.With(Text, "gates", NewBlock.Lines("gate", respond, []))!;
        var twice = PlanBlocks.With(once, "gates", NewBlock.Lines("gate", respond, [.. PlanBlocks.Of(once).Select(b => b.Id)]))!;
        Assert.Equal(["invoices", "respond-24h", "respond-24h-2"], PlanBlocks.Of(twice).Where(b => b.List == "gates").Select(b => b.Id));
    }

    private static List<string?> Ids(string text) => [.. PlanBlocks.Of(text).Where(b => b.List == "components").Select(b => b.Id)];
}
