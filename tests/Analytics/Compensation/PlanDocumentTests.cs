using System.Text.Json;
using Followthrough.Analytics.Compensation;
using static Followthrough.Tests.Analytics.Compensation.PlanTexts;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Plans to start from, read and said; and the schema for editors, which knows what the reader knows.</summary>
public sealed class PlanDocumentTests
{
    [Fact]
    public void Every_plan_to_start_from_can_be_used_as_it_is()
    {
        foreach (var id in PlanFiles.Examples)
        {
            var reading = PlanDocument.Read(PlanFiles.Example(id, "SEK"), "SEK");
            Assert.Empty(reading.Faults);
            Assert.Equal((id, "SEK"), (reading.Plan!.Id, reading.Plan.Currency));
        }
    }

    [Fact]
    public void What_is_written_is_what_is_paid()
    {
        var plan = PlanDocument.Read(Sales).Plan!;
        Assert.Equal((PayFrequency.Month, true, 1_000m, 10), (plan.Every, plan.Cumulative, plan.Incentive, plan.DisputeDays));
        var won = Assert.IsType<CommissionComponent>(plan.Components[0]);
        Assert.Equal([new(0, 0.02m), new(100_000, 0.03m), new(250_000, 0.04m)], won.Tiers.Tiers);
        var proposals = Assert.IsType<CurveComponent>(plan.Components[1]);
        Assert.Equal((100m, 90m, Straddling.Hold, 10), (proposals.Weight, proposals.Target, proposals.Straddling, proposals.MinimumN));
        Assert.Equal((75m, "won"), (plan.Gates[0].Limit, Assert.Single(plan.Gates[0].Before)));
    }

    [Fact]
    public void Sentences_state_who_is_measured_the_bounds_with_their_inclusivity_and_what_happens_with_few()
    {
        var parts = PlanWords.Of(PlanDocument.Read(ServiceTeam).Plan!);
        var solved = parts.Single(p => p.Id == "solved").Sentences;
        Assert.Contains("It weighs 50 % of the target incentive (1,200 EUR). The target is 72 h.", solved);
        Assert.Contains("Above 120 h it pays nothing; exactly 120 h pays 50 %.", solved);
        Assert.Contains("From there in straight lines to 100 % at 72 h, to 140 % at 36 h.", solved);
        Assert.Contains("36 h or less pays 140 %.", solved);
        Assert.Contains("With n below 20 it is not judged: the weight goes to the other components in proportion.", solved);
        var all = string.Join('\n', parts.SelectMany(p => p.Sentences));
        foreach (var said in (string[])["never pays more than 140 %", "never pays less than 20 %", "halves away from zero", "within 10 business days", "held and never counted as zero", "first and last day included"])
            Assert.Contains(said, all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: &a [1]\nb: *a\n", "line 2: This cannot be read as YAML: “*a” refers to another place")]
    [InlineData("a: &a\n  b: *a\n", "line 2: This cannot be read as YAML: “*a” refers to another place")]
    [InlineData("", "line 1: This is no plan")]
    [InlineData("- a\n", "line 1: A plan is a block of names and values.")]
    public void A_text_that_refers_to_itself_or_is_no_block_is_refused_where_it_does(string text, string says)
    {
        Assert.StartsWith(says, PlanDocument.Read(text).Faults[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(PlanFields.Of(text));
    }

    [Fact]
    public void A_text_of_thousands_of_lines_and_a_cap_that_pays_nothing_are_refused()
    {
        Assert.Contains("It has 3000 lines", PlanDocument.Read(string.Concat(Enumerable.Repeat("#\n", 3_000))).Faults[0].Words, StringComparison.Ordinal);
        var commission = Sales[..Sales.IndexOf("  - id: proposals", StringComparison.Ordinal)].Replace("incentive: 1000", "incentive: 0");
        Assert.Empty(PlanDocument.Read(commission).Faults);
        Assert.Contains("nothing would ever be paid", Assert.Single(PlanDocument.Read(commission + "cap: { percent: 150 }\n").Faults).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_says_a_plan_or_its_faults()
    {
        var folder = Directory.CreateTempSubdirectory("plan");
        try
        {
            var path = Path.Combine(folder.FullName, "plan.yaml");
            await File.WriteAllTextAsync(path, Sales, TestContext.Current.CancellationToken);
            var (output, errors) = (new StringWriter(), new StringWriter());
            Assert.Equal(0, await PlanCheckCommand.RunAsync(path, output, errors, TestContext.Current.CancellationToken));
            Assert.Contains("For example: 300,000 EUR pays 8,500 EUR.", output.ToString(), StringComparison.Ordinal);

            await File.WriteAllTextAsync(path, Sales.Replace("weight: 100", "weight: 90"), TestContext.Current.CancellationToken);
            Assert.Equal(1, await PlanCheckCommand.RunAsync(path, output, errors, TestContext.Current.CancellationToken));
            Assert.Contains("plan.yaml line 11: The weights add up to 90, not to 100: 90.", errors.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_schema_knows_every_name_and_word_that_the_reader_knows_and_no_other()
    {
        using var schema = JsonDocument.Parse(PlanFiles.Schema);
        var (root, defs) = (schema.RootElement, schema.RootElement.GetProperty("$defs"));
        Assert.Equal(PlanKeys.Plan, Names(root));
        Assert.Equal(PlanKeys.PlanNeeds, Texts(root.GetProperty("required")));
        Assert.Equal(PlanKeys.Limit, Names(defs.GetProperty("limit")));
        foreach (var (block, names) in new[] { ("component", PlanKeys.Component), ("gate", PlanKeys.Gate), ("modifier", PlanKeys.Modifier) })
        {
            Assert.Equal(names.Order(), Names(defs.GetProperty(block)).Order());
            Assert.Equal(PlanKeys.AskingNeeds, Texts(defs.GetProperty(block).GetProperty("required")).Take(4));
        }
        Assert.Equal(PlanKeys.Point, Names(defs.GetProperty("points").GetProperty("items")));
        var component = defs.GetProperty("component").GetProperty("properties");
        Assert.Equal(PlanKeys.Rate, Names(component.GetProperty("rates").GetProperty("items")));
        Assert.Equal(PlanKeys.Words<PayFrequency>(), Texts(root.GetProperty("properties").GetProperty("every").GetProperty("enum")));
        Assert.Equal(PlanKeys.Words<MeasuredFor>(), Texts(defs.GetProperty("for").GetProperty("enum")));
        Assert.Equal(PlanKeys.Words<Straddling>(), Texts(component.GetProperty("straddling").GetProperty("enum")));
        Assert.Equal(PlanKeys.Words<TierRule>(), Texts(component.GetProperty("tiers").GetProperty("enum")));
        Assert.Equal(PlanKeys.Accepted, defs.GetProperty("small_n").GetProperty("const").GetString());
    }

    private static string[] Names(JsonElement block) => [.. block.GetProperty("properties").EnumerateObject().Select(p => p.Name)];

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(t => t.GetString()!)];
}
