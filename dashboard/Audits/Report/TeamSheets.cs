using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>Turns metrics by team into teams by metric.</summary>
internal static class TeamSheets
{
    private const int Shown = 8;

    /// <summary>
    /// Every team that has cases, by name; of each the figures with the most of them, in the catalogue's order. Those without a team come last.
    /// </summary>
    internal static IReadOnlyList<TeamSheet> Of(IReadOnlyList<MetricSheet> sheets)
    {
        var points = sheets.SelectMany(sheet => sheet.Teams.Where(t => t.Value.N > 0).Select(team => (sheet.Figure, team))).ToList();
        return
        [
            .. points.GroupBy(p => p.team.Key).OrderBy(g => g.Key is null).ThenBy(g => g.First().team.Name, StringComparer.Ordinal).Select(team => new TeamSheet(
                team.First().team.Name,
                CommitmentTotal.Of([.. team.Where(p => p.Figure.Metric is CommitmentMetric rate && CommitmentTotal.Includes(rate)).Select(p => (CommitmentValue)p.team.Value)]),
                [.. team.OrderBy(p => p.team.Value.TooFew).ThenByDescending(p => p.team.Value.N).Take(Shown).OrderBy(p => IndexOf(sheets, p.Figure)).Select(p => (p.Figure, p.team))])),
        ];
    }

    private static int IndexOf(IReadOnlyList<MetricSheet> sheets, ReportFigure figure) => sheets.TakeWhile(sheet => sheet.Figure != figure).Count();
}
