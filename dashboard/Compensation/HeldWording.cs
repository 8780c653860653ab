using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Who decides held lines and what they wait for, in words; the same on runs, statements and paper.</summary>
internal static class HeldWording
{
    /// <summary>Who may decide one, by name.</summary>
    internal static string Deciders(IReadOnlyList<string> names) => names.Count == 0
        ? "Nobody may decide it yet: an administrator adds an executive under Admin, Users."
        : $"It is decided by who prepares pay: {string.Join(" or ", names)}.";

    /// <summary>What a line waits for that nothing has paid.</summary>
    internal static string Waits(HeldLine line) =>
        $"It waits for the run of {PeriodNames.Name(Next(line))}, which pays it if it can judge it by then or if somebody decides it there.";

    /// <summary>How a statement's held lines stand by now, after what they come to.</summary>
    internal static string Stands(IReadOnlyList<HeldLine> lines) => lines.Count(l => l.PaidBy is not null) switch
    {
        0 => "is held and not in it",
        var decided when decided == lines.Count => "was held and not in it; what became of that stands with its line",
        _ => "was held and not in it, of which a part is decided by now",
    };

    /// <summary>What a run pays for it, up to that run's name.</summary>
    internal static string Fate(HeldDecision decision, string currency) => decision switch
    {
        { By: not null, Amount: 0 } => $"nothing {Becomes(decision)} paid for it; that is on record with the run of",
        _ => $"{PayWording.Money(decision.Amount, currency)} {Becomes(decision)} paid with the run of",
    };

    private static string Becomes(HeldDecision decision) => decision.IsLocked ? "was" : "is to be";

    private static Period Next(HeldLine line) => PayHomePage.NextAfter(line.Period, line.NextFrom);
}
