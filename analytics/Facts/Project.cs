namespace Followthrough.Analytics.Facts;

/// <summary>A piece of work for a customer, from its start (<c>occurred_at</c>) to its acceptance.</summary>
[StoredAs("project", Reach.WholeAccount)]
public sealed record Project : AccountFact
{
    public required string Name { get; init; }
    public string? TeamKey { get; init; }

    /// <summary>Staff key of the project manager.</summary>
    public string? ManagerKey { get; init; }

    public required ContractType ContractType { get; init; }

    /// <summary>Agreed price net of tax, in <see cref="Currency"/>.</summary>
    public decimal? ContractValue { get; init; }

    /// <summary>Planned cost (BAC), in <see cref="Currency"/>.</summary>
    public decimal? BudgetCost { get; init; }

    public string? Currency { get; init; }
    public DateOnly? PlannedEnd { get; init; }

    /// <summary>When the customer accepted it, or passively by contract; null while open.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }
}

/// <summary>Decides what triggers an invoice.</summary>
public enum ContractType { TimeAndMaterial, FixedPrice, Milestone, Retainer, Completion }
