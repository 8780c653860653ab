using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Audits;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Mine;

namespace Followthrough.Dashboard.Access;

/// <summary>Where somebody begins who asked for no page in particular: with what he came to do.</summary>
internal static class FirstPage
{
    internal const string Overview = "/";

    // The widest first: who has several roles begins where he sees most.
    private static readonly (string Role, string Page)[] OfRole =
    [
        (Role.Administrator, Overview),
        (Role.Executive, Overview),
        (Role.Manager, Overview),
        (Role.Auditor, AuditsEndpoint.Path),
        (Role.Operations, DataEndpoint.Path),
        (Role.Staff, MineModel.Path),
    ];

    internal static string Of(IList<string> roles) => OfRole.Where(first => roles.Contains(first.Role)).Select(first => first.Page).FirstOrDefault(Overview);
}
