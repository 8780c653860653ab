using Followthrough.Dashboard.Commitments;

namespace Followthrough.Dashboard.People;

/// <summary>The addresses of people and teams.</summary>
internal static class PersonPath
{
    internal const string List = "/people";
    internal const string Route = List + "/{key}";
    internal const string Teams = "/teams";
    internal const string TeamRoute = Teams + "/{key}";
    internal const string Kinds = "/kinds";

    internal static string Of(string staff) => $"{List}/{CommitmentPath.Encode(staff)}";

    internal static string OfTeam(string team) => $"{Teams}/{CommitmentPath.Encode(team)}";
}
