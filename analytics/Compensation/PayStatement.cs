namespace Followthrough.Analytics.Compensation;

/// <summary>What a plan pays one person for a period, with all arithmetic: kept as it was computed, and enough to compute it again by hand.</summary>
public sealed record PayStatement
{
    /// <summary>Version of the order of operations.</summary>
    public required int Operations { get; init; }

    public required string Plan { get; init; }

    public required string PlanName { get; init; }

    public required string Period { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required string Currency { get; init; }

    public required int Decimals { get; init; }

    /// <summary>Business days in which it can be disputed.</summary>
    public required int DisputeDays { get; init; }

    public required string Staff { get; init; }

    public required string StaffName { get; init; }

    /// <summary>None for who is in it by adjustments alone.</summary>
    public required IReadOnlyList<StatementSegment> Segments { get; init; }

    /// <summary>Sum of the segments, unrounded.</summary>
    public required decimal Earned { get; init; }

    /// <summary>With a cumulative plan what was paid for the same year before; else zero.</summary>
    public required decimal Paid { get; init; }

    /// <summary>His part of the plan's pool; null where the plan has none.</summary>
    public StatementPool? Pool { get; init; }

    /// <summary>What the period itself comes to, rounded once.</summary>
    public required decimal Own { get; init; }

    public IReadOnlyList<StatementAdjustment> Adjustments { get; init; } = [];

    /// <summary>Left over from the statement before; never more than zero.</summary>
    public decimal CarriedIn { get; init; }

    /// <summary>What held lines would come to, rounded.</summary>
    public required decimal Held { get; init; }

    public decimal Total => Own + Adjustments.Sum(a => a.Amount) + CarriedIn;

    /// <summary>Never less than nothing.</summary>
    public decimal Payable => Math.Max(0, Total);

    /// <summary>What is carried forward and not deducted.</summary>
    public decimal CarriedOut => Math.Min(0, Total);

    /// <summary>Every line, the segments in their order.</summary>
    public IEnumerable<StatementLine> Lines => Segments.SelectMany(s => s.Lines);
}

/// <summary>His part of a pool and the part that is kept aside for his held lines.</summary>
public sealed record StatementPool(decimal Amount, decimal Share, decimal HeldShare);

/// <summary>A signed line that refers to an earlier statement.</summary>
public sealed record StatementAdjustment(AdjustmentKind Kind, long OfRun, string OfPeriod, string? Component, string Cause, decimal Amount, IReadOnlyList<ChangedRow> Rows)
{
    /// <summary>Who decided it; null where a figure did.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>The dispute that led to it; null for none.</summary>
    public long? Dispute { get; init; }
}

/// <summary>Why a later statement pays for an earlier one.</summary>
public enum AdjustmentKind
{
    /// <summary>Figures changed that were paid on.</summary>
    Restatement,

    /// <summary>What was held can be judged now, or somebody decided it.</summary>
    Release,

    /// <summary>A dispute was accepted.</summary>
    Dispute,
}

/// <summary>A row that came, went or changed after a statement was locked.</summary>
/// <param name="What">came, went or changed.</param>
/// <param name="Fact">The fact it is; for a commitment its kind.</param>
/// <param name="Account">Key of the account.</param>
/// <param name="Key">Of the fact.</param>
/// <param name="IsCommitment">Whether it is one of the ledger's.</param>
public sealed record ChangedRow(string What, string Fact, string Account, string Key, bool IsCommitment);

/// <summary>Days over which one version and one incentive hold.</summary>
public sealed record StatementSegment
{
    public required DateOnly From { get; init; }

    /// <summary>The day after the last.</summary>
    public required DateOnly To { get; init; }

    public required int Version { get; init; }

    /// <summary>SHA-256 of the plan's text.</summary>
    public required string PlanHash { get; init; }

    public required string? Team { get; init; }

    public required decimal Incentive { get; init; }

    public required decimal Proration { get; init; }

    /// <summary>Every answer the plan asked for.</summary>
    public required IReadOnlyList<PayInput> Inputs { get; init; }

    public required IReadOnlyList<StatementGate> Gates { get; init; }

    public required IReadOnlyList<StatementModifier> Modifiers { get; init; }

    public required IReadOnlyList<StatementLine> Lines { get; init; }

    /// <summary>Sum of the lines that count, unrounded.</summary>
    public required decimal Earned { get; init; }

    public required decimal? Cap { get; init; }

    public required decimal? Floor { get; init; }

    /// <summary>After cap and floor, unrounded.</summary>
    public required decimal Limited { get; init; }
}

/// <summary>A gate as it answered.</summary>
public sealed record StatementGate(string Id, PayInput Input, decimal Limit, GateState State, string? Why, IReadOnlyList<string> Before);

/// <summary>A modifier as it answered.</summary>
public sealed record StatementModifier(string Id, PayInput Input, decimal Percent, string? Why, IReadOnlyList<string> Of);

/// <summary>One component as it was computed; all factors unrounded.</summary>
public sealed record StatementLine
{
    public required string Component { get; init; }

    public required bool IsCommission { get; init; }

    public required PayInput Input { get; init; }

    /// <summary>The person's own figure, where the team's stands in.</summary>
    public PayInput? TooFew { get; init; }

    public required LineState State { get; init; }

    public string? Why { get; init; }

    public required decimal? Percent { get; init; }

    public required decimal Weight { get; init; }

    public required decimal? Incentive { get; init; }

    public required decimal Modifier { get; init; }

    public required decimal Proration { get; init; }

    /// <summary>What it comes to; counted only when it is earned.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>What it adds to the statement.</summary>
    public decimal Counted => State == LineState.Earned ? Amount ?? 0 : 0;
}
