namespace Followthrough.Analytics.Scorecards;

/// <summary>Every version of every scorecard: which one is whose on a day.</summary>
/// <param name="All">In whatever order.</param>
public sealed record ScorecardShelf(IReadOnlyList<Scorecard> All)
{
    /// <summary>A person's: that of his position, else that of his team, else everybody's; null when there is none.</summary>
    public Scorecard? OfPerson(string? title, string? team, DateOnly day) =>
        (title is null ? null : On(day).FirstOrDefault(s => s.Title == title))
        ?? (team is null ? null : On(day).FirstOrDefault(s => s.Team == team))
        ?? Everybodys(day);

    /// <summary>A team's: its own, else everybody's; null when there is none.</summary>
    public Scorecard? OfTeam(string team, DateOnly day) => On(day).FirstOrDefault(s => s.Team == team) ?? Everybodys(day);

    /// <summary>Of each scorecard the version in force on a day, by name; the ended ones are left out.</summary>
    public IEnumerable<Scorecard> On(DateOnly day) => All
        .Where(s => s.From <= day)
        .GroupBy(s => s.Id)
        .Select(versions => versions.OrderBy(s => s.From).ThenBy(s => s.Version).Last())
        .Where(s => !s.Ended)
        .OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Id, StringComparer.Ordinal);

    /// <summary>Every version that is in force on a day or on any later one.</summary>
    public IEnumerable<Scorecard> Since(DateOnly day) => All.Select(s => s.From).Where(later => later > day).Append(day).SelectMany(On).Distinct();

    /// <summary>The versions of one scorecard, the newest first.</summary>
    public IReadOnlyList<Scorecard> Versions(string id) => [.. All.Where(s => s.Id == id).OrderByDescending(s => s.Version)];

    private Scorecard? Everybodys(DateOnly day) => On(day).FirstOrDefault(s => s is { Team: null, Title: null });
}
