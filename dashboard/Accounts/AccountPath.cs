using Followthrough.Dashboard.Commitments;

namespace Followthrough.Dashboard.Accounts;

/// <summary>The address of one account.</summary>
internal static class AccountPath
{
    internal const string List = "/accounts";
    internal const string Route = List + "/{key}";

    internal static string Of(string key) => $"{List}/{CommitmentPath.Encode(key)}";
}
