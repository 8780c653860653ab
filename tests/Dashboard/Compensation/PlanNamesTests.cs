using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Compensation;

namespace Followthrough.Tests.Dashboard.Compensation;

public sealed class PlanNamesTests
{
    private static readonly string Text = PlanFiles.Example("account-manager", "EUR");

    [Fact]
    public void Blocks_are_called_the_same_while_the_text_has_faults()
    {
        var names = PlanNames.Of(PlanBlocks.Of(Text));
        Assert.NotNull(PlanDocument.Read(Text).Plan);
        Assert.Contains("Answered within 24 h, your own", names.Values);
        Assert.Contains(names, n => n.Key.StartsWith("gates", StringComparison.Ordinal) && n.Value.StartsWith("Gate: ", StringComparison.Ordinal));
        var faulty = Text.Replace("weight: 40", "weight: 50", StringComparison.Ordinal);
        Assert.Contains("add up to", Assert.Single(PlanDocument.Read(faulty).Faults).Words, StringComparison.Ordinal);
        Assert.Equal(names, PlanNames.Of(PlanBlocks.Of(faulty)));
    }

    [Fact]
    public void Two_that_measure_the_same_have_their_ids_and_what_measures_nothing_its_id_or_place()
    {
        const string Twins = """
            components:
              - id: one
                metric: respond_24h
                for: person
              - id: two
                metric: respond_24h
                for: person
              - id: lost
                metric: nothing
              - weight: 5
            """;
        Assert.Equal(["Answered within 24 h, your own (one)", "Answered within 24 h, your own (two)", "lost", "Component 4"], PlanNames.Of(PlanBlocks.Of(Twins)).Values);
    }
}
