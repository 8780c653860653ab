using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Overview;

/// <summary>The Overview's table of promises as a file: the same lines, the total last.</summary>
internal static class OverviewFiles
{
    internal const string Path = "/overview/promises";

    internal static void MapOverviewFiles(this IEndpointRouteBuilder pages)
    {
        Map(pages, ".csv", () => new CsvFile());
        Map(pages, ".xlsx", () => new XlsxFile());
    }

    private static void Map(IEndpointRouteBuilder pages, string extension, Func<IExportFile> file) =>
        pages.MapGet(Path + extension, async (PageFrame frame, MetricReader metrics, HttpContext http, CancellationToken ct) =>
        {
            var model = await OverviewEndpoint.ModelAsync(frame, metrics, ct);
            List<FigureRow> rows = [.. model.Promises.Select(promise => Of(promise, model.Aims)), new FigureRow(null, model.Total) { Before = model.PriorTotal?.Value }];
            return await FigureRow.SendAsync(http, frame, "promises", RowsDefinition.Of(model.Total), rows, file(), ct);
        });

    private static FigureRow Of(Promise promise, Aims aims) =>
        new(promise.Metric, promise.Value) { Before = promise.Prior?.Value, Target = aims.Of((MetricDefinition)promise.Metric) };
}
