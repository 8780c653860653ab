namespace Followthrough.Analytics.Metrics;

/// <summary>The orders of commitments, as the statement of rows takes them. Each is total: no two rows change places between two pages.</summary>
internal static class CommitmentOrder
{
    /// <summary>An order that rows never change places in, for lists that go on after a row.</summary>
    public const string ByKey = "s.opened_at, s.commitment_key, coalesce(a.source_key, ''), s.account_id";

    private const string Rest = "s.opened_at desc, s.commitment_key, s.account_id";

    public static string By(CommitmentSort sort, bool descending) => sort switch
    {
        // What can still be kept by its due time, then what was missed most recently.
        CommitmentSort.Urgency => $"s.status <> 'pending', case when s.status = 'pending' then s.due_at end, s.due_at desc, {Rest}",
        CommitmentSort.OpenedAt when descending => Rest,
        CommitmentSort.OpenedAt => "s.opened_at, s.commitment_key, s.account_id",
        CommitmentSort.DueAt => $"s.due_at{Down(descending)}, {Rest}",
        CommitmentSort.FulfilledAt => $"s.fulfilled_at{Down(descending)} nulls last, {Rest}",
        CommitmentSort.Account => $"a.name{Down(descending)}, {Rest}",
        CommitmentSort.Staff => $"p.name{Down(descending)}, {Rest}",
        CommitmentSort.Team => $"t.name{Down(descending)}, {Rest}",
        CommitmentSort.Status => $"s.status{Down(descending)}, {Rest}",
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    private static string Down(bool descending) => descending ? " desc" : "";
}
