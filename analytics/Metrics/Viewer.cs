namespace Followthrough.Analytics.Metrics;

/// <summary>For whom a figure is computed. The scope is applied inside the query, below every page, export and API answer.</summary>
/// <param name="Name">Sign-in name, for logs.</param>
/// <param name="Teams">Team keys the viewer may see; null means every team.</param>
/// <param name="Staff">Staff key the viewer is limited to; null means no such limit.</param>
public sealed record Viewer(string Name, IReadOnlyList<string>? Teams, string? Staff)
{
    /// <summary>Sees everything: administrators and the command line.</summary>
    public static Viewer Everything(string name) => new(name, null, null);
}
