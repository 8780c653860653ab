namespace Followthrough.Analytics.Metrics;

/// <summary>A question with the scope of who asks it: two people share an answer only if they may see exactly the same.</summary>
/// <param name="Question">The question of nobody in particular.</param>
/// <param name="Teams">Team keys the viewer is limited to, in order, each followed by a character that no key holds; null means no such limit.</param>
/// <param name="Staff">Staff key the viewer is limited to; null means no such limit.</param>
/// <param name="What">What of it is asked for.</param>
internal sealed record FigureKey(MetricQuery Question, string? Teams, string? Staff, string What)
{
    private static readonly Viewer Nobody = new("", null, null);

    public static FigureKey Of(MetricQuery query, string what) => new(
        query with { Viewer = Nobody },
        query.Viewer.Teams is { } teams ? string.Concat(teams.Order(StringComparer.Ordinal).Select(team => team + '\0')) : null,
        query.Viewer.Staff, what);
}
