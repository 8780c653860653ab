namespace Followthrough.Analytics.Compensation;

/// <summary>What a plan pays somebody for a period, with every step to it.</summary>
internal sealed record PayResult
{
    public required IReadOnlyList<PayLine> Lines { get; init; }

    public required IReadOnlyList<GateResult> Gates { get; init; }

    public required IReadOnlyList<ModifierResult> Modifiers { get; init; }

    public required PayTerms Terms { get; init; }

    /// <summary>Sum of the lines that count, unrounded.</summary>
    public required decimal Earned { get; init; }

    /// <summary>The plan's limits for this person and period; null for none.</summary>
    public required decimal? Cap { get; init; }

    /// <inheritdoc cref="Cap"/>
    public required decimal? Floor { get; init; }

    /// <summary>After cap and floor, unrounded: what a segment adds to a statement.</summary>
    public decimal Limited => Math.Max(Floor ?? decimal.MinValue, Math.Min(Cap ?? decimal.MaxValue, Earned));

    /// <summary>
    /// After cap, floor and what was paid before, rounded once; negative when too much was paid before, which is carried forward and not
    /// deducted.
    /// </summary>
    public required decimal Due { get; init; }

    /// <summary>What is to be paid now: never less than nothing.</summary>
    public decimal Payable => Math.Max(0, Due);

    /// <summary>What the held lines would come to, unrounded; those whose amount is not known are not in it.</summary>
    public decimal Held => Lines.Where(line => line.State == LineState.Held).Sum(line => line.Amount ?? 0);
}
