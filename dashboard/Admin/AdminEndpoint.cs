using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Targets;

namespace Followthrough.Dashboard.Admin;

/// <summary>Users, targets, the log, what the organisation looks like to the figures, and the machine.</summary>
internal static class AdminEndpoint
{
    internal const string Path = "/admin";

    internal static void MapAdmin(this IEndpointRouteBuilder pages)
    {
        // The first of the screens that the viewer may see; whoever may see the data may see some.
        pages.MapGet(Path, (PageFrame frame) => Results.LocalRedirect(frame.Query.Carry(
            frame.Who.May(Right.Users) ? UsersEndpoint.Path : frame.Who.May(Right.Log) ? LogEndpoint.Path : TeamsEndpoint.Path))).Needs(Right.Data);
        pages.MapUsers();
        pages.MapCompany();
        pages.MapTargets();
        pages.MapLog();
        pages.MapTeams();
        pages.MapSystem();
    }
}
