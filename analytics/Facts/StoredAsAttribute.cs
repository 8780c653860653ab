namespace Followthrough.Analytics.Facts;

/// <summary>How far back a change of the fact reaches, and so what the ledger recomputes.</summary>
public enum Reach
{
    /// <summary>The account's ledger from the fact's <c>occurred_at</c> on.</summary>
    FromOccurrence,

    /// <summary>The account's whole ledger: the fact can change what an older commitment means.</summary>
    WholeAccount,

    /// <summary>Every account's ledger from <c>occurred_at</c> on: reference data.</summary>
    EveryAccount,

    /// <summary>Every account's whole ledger: calendars and rates apply to dates other than their own.</summary>
    Everything,
}

/// <summary>Names the table of a fact and how far a change of it reaches.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StoredAsAttribute(string table, Reach reach) : Attribute
{
    /// <summary>Table name, also the name of the canonical file without its extension.</summary>
    public string Table { get; } = table;

    /// <summary>What the ledger recomputes when a row changes.</summary>
    public Reach Reach { get; } = reach;
}
