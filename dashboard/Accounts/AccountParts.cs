using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Mine;

namespace Followthrough.Dashboard.Accounts;

/// <summary>What statements that list accounts have in common: whose they are, whether the viewer may see them, what is owed and the last contact.</summary>
internal static class AccountParts
{
    private static readonly string LastContact = SqlText.Read(typeof(AccountParts), "Accounts/LastContact.sql");

    /// <summary>Reads a statement and puts the parts in their places.</summary>
    internal static string Read(string name) => CurrentOwners.Into(Owing.Into(AccountScope.Into(SqlText.Read(typeof(AccountParts), name))))
        .Replace("{last_contact}", LastContact, StringComparison.Ordinal);
}
