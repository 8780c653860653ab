using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.People;

/// <summary>The tables of people, teams and kinds as files: with the intervals and what was to be expected, in the order of the pages.</summary>
internal static class PeopleFiles
{
    internal static void MapPeopleFiles(this IEndpointRouteBuilder pages)
    {
        Map(pages, ".csv", () => new CsvFile());
        Map(pages, ".xlsx", () => new XlsxFile());
    }

    private static void Map(IEndpointRouteBuilder pages, string extension, Func<IExportFile> file)
    {
        pages.MapGet(PersonPath.List + extension, (PageFrame frame, MetricReader metrics, HttpContext http, CancellationToken ct) =>
            RankedAsync(frame, metrics, http, Dimension.Staff, file(), ct));
        pages.MapGet(PersonPath.Teams + extension, (PageFrame frame, MetricReader metrics, HttpContext http, CancellationToken ct) =>
            RankedAsync(frame, metrics, http, Dimension.Team, file(), ct));
        pages.MapGet(PersonPath.Route + PersonPath.Kinds + extension, async (PageFrame frame, MetricReader metrics, NpgsqlDataSource db, HttpContext http, string key, CancellationToken ct) =>
            CommitmentPath.Decode(key) is { } staff && await PersonFacts.FindAsync(db, frame, staff, ct) is { } person
                ? await KindsAsync(frame, metrics, http, Dimension.Staff, staff, person.Name, file(), ct) : Results.NotFound());
        pages.MapGet(PersonPath.TeamRoute + PersonPath.Kinds + extension, async (PageFrame frame, MetricReader metrics, NpgsqlDataSource db, HttpContext http, string key, CancellationToken ct) =>
            CommitmentPath.Decode(key) is { } team && await TeamFacts.FindAsync(db, frame, team, ct) is { } facts
                ? await KindsAsync(frame, metrics, http, Dimension.Team, team, facts.Name, file(), ct) : Results.NotFound());
    }

    private static async Task<IResult> RankedAsync(PageFrame frame, MetricReader metrics, HttpContext http, Dimension by, IExportFile file, CancellationToken ct)
    {
        var metric = PeopleEndpoint.KindOf(frame);
        var query = PeopleEndpoint.Asked(frame, metric ?? MetricCatalogue.Respond24H);
        var ranked = await PeopleEndpoint.RankedAsync(metrics, query, metric, by, ct);
        var aims = await Aims.ReadAsync(metrics, query, ct);
        List<FigureRow> rows =
        [
            .. ranked.Select(one => new FigureRow(metric, one.Value, by, one.Key, one.Name)
            {
                Expected = one.Expected,
                Target = metric is null ? null : aims.Of((MetricDefinition)metric, by, one.Key),
            }),
        ];
        var subject = $"{(by == Dimension.Staff ? "people" : "teams")}-{metric?.Id ?? CommitmentTotal.Id}";
        return await FigureRow.SendAsync(http, frame, subject, metric is null ? RowsDefinition.Of(CommitmentTotal.Of([])) : RowsDefinition.Of(metric, await metrics.ValueAsync(query, ct)), rows, file, ct);
    }

    private static async Task<IResult> KindsAsync(
        PageFrame frame, MetricReader metrics, HttpContext http, Dimension by, string key, string name, IExportFile file, CancellationToken ct)
    {
        var kinds = await KindFigure.ReadAsync(metrics, PeopleEndpoint.OfOne(frame, by, key), frame.Query.Period.SamePoint(frame.KnownDay), ct);
        List<FigureRow> rows = [.. kinds.Select(kind => new FigureRow(kind.Metric, kind.Value, by, key, name) { Company = kind.Company.Value, Before = kind.Prior?.Value })];
        return await FigureRow.SendAsync(http, frame, $"kinds-of-{key}", RowsDefinition.Of(CommitmentTotal.Of([])), rows, file, ct);
    }
}
