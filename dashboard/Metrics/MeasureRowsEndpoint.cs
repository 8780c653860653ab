using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Compensation;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Metrics;

/// <summary>The rows that make up a measure, as a list and as a file of exactly what is listed.</summary>
internal static class MeasureRowsEndpoint
{
    internal static string Path(string metric) => $"{MetricsEndpoint.Path}/{metric}/rows";

    internal static void MapMeasureRows(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path("{id}"), ShowAsync);
    }

    /// <summary>What the address asks for; null when it names no order there is.</summary>
    internal static MeasureSort? Order(HttpContext http) => http.Request.Query["order"].ToString() switch
    {
        "" => MeasureSort.At,
        var word => Enum.GetValues<MeasureSort>().Cast<MeasureSort?>().FirstOrDefault(sort => PageQuery.Word(sort!.Value) == word),
    };

    private static async Task<IResult> ShowAsync(PageFrame frame, MetricReader metrics, NpgsqlDataSource db, HttpContext http, string id, CancellationToken cancellation)
    {
        if (MetricCatalogue.Definition(id) is not MeasureMetric metric || Order(http) is not { } order) return Results.NotFound();
        var query = frame.Query.For(frame.Viewer, metric.Id);
        var size = frame.Query.Size;
        var model = new MeasureRowsModel
        {
            Frame = frame,
            Metric = metric,
            Value = await metrics.MeasureAsync(query, cancellation),
            Page = await metrics.MeasureRowsAsync(query, order, frame.Query.Descending, (frame.Query.Page - 1) * size, size, cancellation),
            Order = order,
            Statement = await StatementWay.ReadAsync(frame, db, metric.Id, cancellation),
        };
        // A page past the end, from an old link: the last one there is.
        return model.Page.Rows.Count == 0 && frame.Query.Page > model.Pages
            ? Results.LocalRedirect(frame.Query.Same(frame.Path, ("page", $"{model.Pages}")))
            : Screen.Of<MeasureRowsPage>(model);
    }
}
