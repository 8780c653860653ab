using Followthrough.Analytics.Compensation;
using static Followthrough.Tests.Analytics.Compensation.PlanTexts;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>
/// A hundred plans made wrong on purpose: what is said names the fault and the place. Those that slip through are listed, for they are
/// sound as a text and wrong only by what was meant.
/// </summary>
public sealed class WrongPlanTests
{
    private const int Least = 95;

    // “A” is the account manager's plan, “T” the service team's, “S” the sales commission: what is changed, into what, and what is said of it.
    private static readonly (char Plan, string From, string To, string Says)[] Wrong =
    [
        .. WrongHeads.All, .. WrongComponents.All, .. WrongConditions.All,
    ];

    // Sound by every rule: only who wrote them knows that something else was meant.
    private static readonly string[] Slips =
    [
        "rates as fractions: 0.02 % is a rate that there is",
        "a tier rule that was chosen wrongly is still a rule",
        "the metric of a neighbour is still a metric",
    ];

    [Fact]
    public void There_are_a_hundred_and_at_least_ninety_five_are_refused_in_words_that_name_the_fault()
    {
        Assert.Equal(100, Wrong.Length);
        Assert.Equal(Wrong.Length, Wrong.Distinct().Count());
        var slipped = Wrong.Where(w => !IsCaught(w)).Select(w => $"{w.Plan}: {w.From} -> {w.To}, expected “{w.Says}”, said: {string.Join(" | ", PlanDocument.Read(Text(w)).Faults)}").ToList();
        Assert.True(Wrong.Length - slipped.Count >= Least, string.Join('\n', slipped));
        Assert.True(slipped.Count == Slips.Length, $"{slipped.Count} slipped, {Slips.Length} are known:\n{string.Join('\n', slipped)}");
    }

    [Fact]
    public void Every_fault_says_its_line_within_the_text_and_ends_as_a_sentence()
    {
        foreach (var wrong in Wrong)
        {
            var lines = Text(wrong).Split('\n').Length;
            Assert.All(PlanDocument.Read(Text(wrong)).Faults, fault =>
            {
                Assert.InRange(fault.Line, 1, lines);
                Assert.EndsWith(".", fault.Words, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var faults = PlanDocument.Read(AccountManager.Replace("every: quarter", "every: fortnight").Replace("weight: 40", "weight: forty").Replace("metric: promise_kept", "metric: promises_kept")).Faults;
        Assert.Equal([5, 15, 23], faults.Select(f => f.Line));
        Assert.Contains("did you mean 'promise_kept'?", faults[2].Words, StringComparison.Ordinal);
    }

    private static bool IsCaught((char Plan, string From, string To, string Says) wrong) =>
        PlanDocument.Read(Text(wrong), "EUR").Faults.Any(fault => fault.Words.Contains(wrong.Says, StringComparison.Ordinal));

    private static string Text((char Plan, string From, string To, string Says) wrong)
    {
        var plan = wrong.Plan switch { 'A' => AccountManager, 'T' => ServiceTeam, _ => Sales };
        var at = plan.IndexOf(wrong.From, StringComparison.Ordinal);
        Assert.True(at >= 0, $"“{wrong.From}” is not in the plan.");
        return plan[..at] + wrong.To + plan[(at + wrong.From.Length)..];
    }
}
