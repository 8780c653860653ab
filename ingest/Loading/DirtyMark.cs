using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;

namespace Followthrough.Ingest.Loading;

/// <summary>How a statement that writes facts marks the accounts whose ledger no longer matches them.</summary>
internal static class DirtyMark
{
    private static readonly string Text = SqlText.Read(typeof(DirtyMark), "Loading/Mark.sql").Trim();

    /// <summary>Of interactions the mark says whose changed: they are most of what changes, and a customer may have many contacts.</summary>
    public static bool NamesContact(FactTable table) => table.Name == "interaction";

    /// <summary>The part of the statement that marks.</summary>
    /// <param name="table">The fact.</param>
    /// <param name="touched">Where the statement has the account_id and since of every written row, and its contact.</param>
    public static string For(FactTable table, string touched) => Text
        .Replace("{fact}", table.Name, StringComparison.Ordinal)
        .Replace("{dirty}", Accounts(table, touched), StringComparison.Ordinal);

    private static string Accounts(FactTable table, string touched) => table.Reach switch
    {
        // Contact by contact first: accounts have few, and sorting every row's within its account costs more than all the rest.
        Reach.FromOccurrence when NamesContact(table) =>
            "select account_id, min(since) as since, coalesce(array_agg(contact) filter (where contact is not null), '{}') as contacts "
            + $"from (select account_id, contact, min(since) as since from {touched} t group by account_id, contact) c group by account_id",
        Reach.FromOccurrence => $"select account_id, min(since) as since, null::text[] as contacts from {touched} t group by account_id",
        Reach.WholeAccount => $"select distinct account_id, '-infinity'::timestamptz as since, null::text[] as contacts from {touched} t",
        Reach.EveryAccount => $"select distinct a.account_id, t.since, null::text[] as contacts from account a, (select min(since) as since from {touched} t) t where t.since is not null",
        Reach.Everything => $"select distinct account_id, '-infinity'::timestamptz as since, null::text[] as contacts from account where exists (select from {touched} t)",
        _ => throw new InvalidOperationException($"No reach {table.Reach}."),
    };
}
