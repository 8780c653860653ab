using System.Security.Cryptography;
using System.Text;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Metrics;

/// <summary>The figures themselves as files: all of a period, or one with its groups.</summary>
internal static class FigureExports
{
    internal static void MapFigureExports(this IEndpointRouteBuilder pages)
    {
        Map(pages, ".csv", () => new CsvFile());
        Map(pages, ".xlsx", () => new XlsxFile());
    }

    private static void Map(IEndpointRouteBuilder pages, string extension, Func<IExportFile> file)
    {
        pages.MapGet(MetricsEndpoint.Path + extension, (PageFrame frame, MetricReader metrics, HttpContext http, CancellationToken ct) =>
            AllAsync(frame, metrics, http, file(), ct));
        pages.MapGet(MetricsEndpoint.Path + "/{id}" + extension, (PageFrame frame, MetricReader metrics, HttpContext http, string id, CancellationToken ct) =>
            OneAsync(frame, metrics, http, id, file(), ct));
    }

    private static async Task<IResult> AllAsync(PageFrame frame, MetricReader metrics, HttpContext http, IExportFile file, CancellationToken ct)
    {
        var rows = new List<FigureRow>();
        foreach (var metric in MetricCatalogue.All)
        {
            var query = MetricsEndpoint.Company(frame, metric) with { WithDurations = false };
            rows.Add(new FigureRow(metric, await metrics.ValueAsync(query, ct)) { Target = (await Aims.ReadAsync(metrics, query, ct)).Of((MetricDefinition)metric) });
        }
        return await FigureRow.SendAsync(http, frame, "figures", Together, rows, file, ct);
    }

    private static async Task<IResult> OneAsync(PageFrame frame, MetricReader metrics, HttpContext http, string id, IExportFile file, CancellationToken ct)
    {
        if (MetricCatalogue.Find(id) is not { } metric) return Results.NotFound();
        var (query, by) = (MetricsEndpoint.Company(frame, metric), frame.Query.By);
        var groups = await metrics.GroupsAsync(query, by, ct);
        var aims = await Aims.ReadAsync(metrics, query, ct);
        List<FigureRow> rows =
        [
            new FigureRow(metric, await metrics.ValueAsync(query, ct)) { Target = aims.Of((MetricDefinition)metric) },
            .. groups.Select(group => new FigureRow(metric, group.Value, by, group.Key, group.Name) { Target = aims.Of((MetricDefinition)metric, by, group.Key) }),
        ];
        return await FigureRow.SendAsync(http, frame, $"{metric.Id}-by-{Filters.PageQuery.Word(by)}", RowsDefinition.Of(metric, rows[0].Value), rows, file, ct);
    }

    // A changed definition of any of them changes what the file is made by.
    private static RowsDefinition Together { get; } = new(
        "figures", "Every figure of the catalogue", MetricCatalogue.All.Max(metric => metric.Version),
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', MetricCatalogue.All.Select(metric => metric.Hash)))))[..16],
        "each by its own definition, which the last column names");
}
