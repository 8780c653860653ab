using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>The state of the machine, for people; monitors ask <c>/health</c>, which says little and asks for no sign-in.</summary>
internal static class SystemEndpoint
{
    internal const string Path = AdminEndpoint.Path + "/system";

    internal static void MapSystem(this IEndpointRouteBuilder pages) =>
        pages.MapGet(Path, async (PageFrame frame, NpgsqlDataSource db, DataFolder folder, CancellationToken ct) =>
            Screen.Of<SystemPage>(new SystemModel(frame, await MachineState.ReadAsync(db, folder, ct), await Schedule.ReadAsync(db, ct), folder.Path))).Needs(Right.Data);
}

/// <summary>What the page of the machine draws.</summary>
public sealed record SystemModel(PageFrame Frame, MachineState State, IReadOnlyList<Schedule> Jobs, string Folder);
