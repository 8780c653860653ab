using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.People;

/// <summary>The comparison of people as a file: with the intervals and what was to be expected, in the order of the page.</summary>
internal static class PeopleFiles
{
    internal static void MapPeopleFiles(this IEndpointRouteBuilder pages)
    {
        Map(pages, ".csv", () => new CsvFile());
        Map(pages, ".xlsx", () => new XlsxFile());
    }

    private static void Map(IEndpointRouteBuilder pages, string extension, Func<IExportFile> file) =>
        pages.MapGet(PersonPath.List + extension, (PageFrame frame, MetricReader metrics, HttpContext http, CancellationToken ct) => SendAsync(frame, metrics, http, file(), ct));

    private static async Task<IResult> SendAsync(PageFrame frame, MetricReader metrics, HttpContext http, IExportFile file, CancellationToken ct)
    {
        var metric = MetricWords.OfKind(frame.Query.Kind);
        var query = PeopleEndpoint.Asked(frame, metric);
        var groups = await metrics.CommitmentGroupsAsync(query, Dimension.Staff, ct);
        var ranked = Ranked.Order(groups, await CaseMix.ReadAsync(metrics, query, Dimension.Staff, groups, ct));
        var aims = await Aims.ReadAsync(metrics, query, ct);
        List<FigureRow> rows = [.. ranked.Select(one => new FigureRow(metric, one.Value, Dimension.Staff, one.Key, one.Name) { Expected = one.Expected, Target = aims.Of((MetricDefinition)metric, Dimension.Staff, one.Key) })];
        return await FigureRow.SendAsync(http, frame, $"people-{metric.Id}", RowsDefinition.Of(metric, await metrics.ValueAsync(query, ct)), rows, file, ct);
    }
}
