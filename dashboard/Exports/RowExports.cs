using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Metrics;

namespace Followthrough.Dashboard.Exports;

/// <summary>The files of what the lists of commitments and of a measure's rows show.</summary>
internal static class RowExports
{
    internal static void MapRowExports(this IEndpointRouteBuilder pages)
    {
        Map(pages, ".csv", () => new CsvFile());
        Map(pages, ".xlsx", () => new XlsxFile());
    }

    private static void Map(IEndpointRouteBuilder pages, string extension, Func<IExportFile> file)
    {
        pages.MapGet(CommitmentsEndpoint.Path + extension, (PageFrame frame, MetricReader metrics, HttpContext http, CancellationToken cancellation) =>
            CommitmentsAsync(frame, metrics, http, file(), cancellation));
        pages.MapGet(MeasureRowsEndpoint.Path("{id}") + extension, (PageFrame frame, MetricReader metrics, HttpContext http, string id, CancellationToken cancellation) =>
            MeasureAsync(frame, metrics, http, id, file(), cancellation));
    }

    private static async Task<IResult> CommitmentsAsync(PageFrame frame, MetricReader metrics, HttpContext http, IExportFile file, CancellationToken ct)
    {
        var query = CommitmentsEndpoint.Asked(frame);
        IResult? refusal = null;
        await metrics.UseRowsAsync(query, frame.Query.Sort, frame.Query.Descending, async rows =>
            refusal = await Export.SendAsync(
                http, frame, ExportStamp.Of(frame, Subject(frame), MetricCatalogue.Find(query.Metric)!, rows), file, RowColumns.Commitments, rows.Rows, ct), ct);
        return refusal ?? Results.Empty;
    }

    private static async Task<IResult> MeasureAsync(PageFrame frame, MetricReader metrics, HttpContext http, string id, IExportFile file, CancellationToken ct)
    {
        if (MetricCatalogue.Definition(id) is not MeasureMetric metric || MeasureRowsEndpoint.Order(http) is not { } order) return Results.NotFound();
        IResult? refusal = null;
        await metrics.UseMeasureRowsAsync(frame.Query.For(frame.Viewer, id), order, frame.Query.Descending, async rows =>
            refusal = await Export.SendAsync(http, frame, ExportStamp.Of(frame, metric.Id, metric, rows), file, RowColumns.Measures, rows.Rows, ct), ct);
        return refusal ?? Results.Empty;
    }

    private static string Subject(PageFrame frame) => frame.Query.Kind is { } kind ? $"commitments-{kind}" : "commitments";
}
