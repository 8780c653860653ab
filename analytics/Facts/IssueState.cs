namespace Followthrough.Analytics.Facts;

/// <summary>An issue entered a state at <c>occurred_at</c>.</summary>
[StoredAs("issue_state", Reach.WholeAccount)]
public sealed record IssueState : AccountFact
{
    public required string IssueKey { get; init; }
    public required State State { get; init; }
    public string? StaffKey { get; init; }

    /// <summary>For a wait on the customer: the outbound question that proves it.</summary>
    public string? InteractionKey { get; init; }
}

/// <summary>Where an issue stands. Time in <see cref="PendingCustomer"/> is the customer's, the rest until resolved is ours.</summary>
public enum State { New, Open, PendingCustomer, OnHold, Resolved, Closed, Reopened }
