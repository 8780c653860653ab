using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Followthrough.Analytics.Scorecards;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.People;

namespace Followthrough.Dashboard.Scorecards;

/// <summary>A scorecard as a file: the lines of the page, unrounded.</summary>
internal static class ScoreFiles
{
    private const int HashShown = 16;

    internal static void MapScoreFiles(this IEndpointRouteBuilder pages)
    {
        Map(pages, ".csv", () => new CsvFile());
        Map(pages, ".xlsx", () => new XlsxFile());
    }

    private static void Map(IEndpointRouteBuilder pages, string extension, Func<IExportFile> file)
    {
        pages.MapGet(PersonPath.Route + "/scorecard" + extension, async (PageFrame frame, HttpContext http, ScoreSheets sheets, string key, CancellationToken ct) =>
            await SendAsync(frame, await sheets.OfPersonAsync(ScoreModel.Asked(frame), key, ct), http, file(), ct));
        pages.MapGet(PersonPath.TeamRoute + "/scorecard" + extension, async (PageFrame frame, HttpContext http, ScoreSheets sheets, string key, CancellationToken ct) =>
            await SendAsync(frame, await sheets.OfTeamAsync(ScoreModel.Asked(frame), key, ct), http, file(), ct));
    }

    private static async Task<IResult> SendAsync(PageFrame frame, ScoreSheet? sheet, HttpContext http, IExportFile file, CancellationToken ct)
    {
        if (sheet?.Now is not { Scorecard: { } scorecard, Result: { } result }) return Results.NotFound();
        var lines = string.Join('\n', result.Lines.Select(line => $"{line.Input.Metric.Hash} {line.Input.Weight} {line.Input.Target?.Points}"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)))[..HashShown];
        var definition = new RowsDefinition(
            $"scorecard {scorecard.Id}", scorecard.Name, scorecard.Version, hash,
            $"points by threshold (50), target (100) and stretch (150), straight lines between; sum of points times counted weight = {(result.Total is { } total ? total.ToString(CultureInfo.InvariantCulture) : result.Why)}");
        var stamp = new ExportStamp($"scorecard-{sheet.Who.Staff ?? sheet.Who.Team}", frame.Company.Name, frame.Query, definition, result.Lines.Count, frame.KnownAt);
        return await Export.SendAsync(http, frame, stamp, file, Columns, result.Lines.ToAsyncEnumerable(), ct) ?? Results.Empty;
    }

    internal static IReadOnlyList<Column<ScoreLine>> Columns { get; } =
    [
        Column<ScoreLine>.Text("metric", line => line.Input.Metric.Id),
        Column<ScoreLine>.Text("metric_name", line => line.Input.Metric.Name),
        Column<ScoreLine>.Number("value", line => line.Input.Own.Value),
        Column<ScoreLine>.Number("n", line => line.Input.Own.N),
        Column<ScoreLine>.Number("low", line => line.Input.Own.Low),
        Column<ScoreLine>.Number("high", line => line.Input.Own.High),
        Column<ScoreLine>.Text("judged_by", line => Filters.PageQuery.Word(line.By)),
        Column<ScoreLine>.Text("why", line => line.Why),
        Column<ScoreLine>.Number("team_value", line => line.Input.Team?.Value),
        Column<ScoreLine>.Number("team_n", line => line.Input.Team?.N),
        Column<ScoreLine>.Number("threshold", line => line.Input.Target?.Points.Threshold),
        Column<ScoreLine>.Number("target", line => line.Input.Target?.Points.Target),
        Column<ScoreLine>.Number("stretch", line => line.Input.Target?.Points.Stretch),
        Column<ScoreLine>.Number("points", line => line.Points),
        Column<ScoreLine>.Number("points_low", line => line.LowPoints),
        Column<ScoreLine>.Number("points_high", line => line.HighPoints),
        Column<ScoreLine>.Number("weight", line => line.Input.Weight),
        Column<ScoreLine>.Number("counted_weight", line => line.Counted),
        Column<ScoreLine>.Number("contribution", line => line.Contribution),
    ];
}
