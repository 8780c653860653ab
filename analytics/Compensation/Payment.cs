namespace Followthrough.Analytics.Compensation;

/// <summary>One component of a plan for one person and period; all factors unrounded.</summary>
internal sealed record PayComponent
{
    /// <summary>What the metric pays, in percent of the target incentive.</summary>
    public required decimal Percent { get; init; }

    /// <summary>Its part of the plan; those of a plan add up to 1.</summary>
    public required decimal Weight { get; init; }

    /// <summary>Target incentive of the whole plan for a whole period.</summary>
    public required decimal Incentive { get; init; }

    /// <summary>Product of gates and quality modifiers: 0 for a gate failed, 1 for none.</summary>
    public decimal Modifier { get; init; } = 1;

    /// <summary>Days in the plan by days in the period.</summary>
    public decimal Proration { get; init; } = 1;

    /// <summary>What it earns, unrounded.</summary>
    public decimal Earned => Percent * Weight * Incentive * Modifier * Proration / 100;
}

/// <summary>
/// The order in which components become a payment: each in itself, their sum, the plan's cap and floor, less what was paid before; rounded
/// once, at the very end.
/// </summary>
/// <param name="Decimals">Decimals of the currency.</param>
internal sealed record Payment(int Decimals)
{
    // A third has no last digit: what is exactly half a cent must not fall short of it by the 28th one. No sum of money and no rate of cases
    // comes closer to a half without being one.
    private const int Exact = 15;

    /// <summary>The most the plan pays for the period; null for no limit.</summary>
    public decimal? Cap { get; init; }

    /// <summary>The least the plan pays for the period; null for no limit.</summary>
    public decimal? Floor { get; init; }

    /// <summary>Paid before for the same cumulative period; zero where periods stand alone.</summary>
    public decimal Paid { get; init; }

    /// <summary>What is to be paid, in whole units of the currency, halves away from zero; negative when too much was paid before.</summary>
    public decimal Of(IEnumerable<PayComponent> components)
    {
        var earned = components.Sum(c => c.Earned);
        var capped = Math.Min(Cap ?? earned, earned);
        return Rounded(Math.Max(Floor ?? capped, capped) - Paid, Decimals);
    }

    /// <summary>The one rounding there is: to whole units of the currency, halves away from zero.</summary>
    public static decimal Rounded(decimal amount, int decimals) => Math.Round(Math.Round(amount, Exact), decimals, MidpointRounding.AwayFromZero);
}
