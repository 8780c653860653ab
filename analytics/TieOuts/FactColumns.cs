using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.TieOuts;

/// <summary>Fills a statement's placeholders with what a fact has: an amount, a currency, an account, or none.</summary>
internal static class FactColumns
{
    public static string Fill(string sql, FactTable fact) => sql
        .Replace("{fact}", fact.Name, StringComparison.Ordinal)
        .Replace("{stored}", NameOf(fact), StringComparison.Ordinal)
        .Replace("{amount}", fact.Column("amount") is null ? "null::numeric" : "f.amount", StringComparison.Ordinal)
        .Replace("{currency}", fact.Column("currency") is null ? "''::text" : "coalesce(f.currency, '')", StringComparison.Ordinal)
        .Replace("{account}", fact.HasAccount ? "(select a.source_key from account a where a.account_id = f.account_id limit 1)" : "null::text", StringComparison.Ordinal);

    /// <summary>Table or view with everything the sources told of the fact, accounts that were merged into another included.</summary>
    public static string NameOf(FactTable table) => table.Name == "account" ? "account_record" : table.Name;
}
