using Followthrough.Analytics.Store;

namespace Followthrough.Dashboard.Mine;

/// <summary>What is still owed: the one condition for open lists and their counts.</summary>
internal static class Owing
{
    private static readonly string Condition = SqlText.Read(typeof(Owing), "Mine/Owing.sql");

    /// <summary>Puts the condition in the place of <c>{owing}</c>; the statement needs the viewer's limits and <c>@now</c>.</summary>
    internal static string Into(string sql) => sql.Replace("{owing}", Condition, StringComparison.Ordinal);
}
