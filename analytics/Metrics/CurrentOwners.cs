using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Metrics;

/// <summary>Whose each account is at a moment, and in which team he is: two common tables for statements that list accounts.</summary>
internal static class CurrentOwners
{
    private static readonly string Sql = SqlText.Read(typeof(CurrentOwners), "Metrics/CurrentOwners.sql");

    /// <summary>Puts the tables in the place of <c>{current_owners}</c>; the statement needs <c>@now</c>.</summary>
    internal static string Into(string sql) => sql.Replace("{current_owners}", Sql, StringComparison.Ordinal);
}
