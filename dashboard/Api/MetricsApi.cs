using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Api;

/// <summary>The catalogue, a figure and its parts, and the rows behind it: by the query object that the pages ask, too.</summary>
internal static class MetricsApi
{
    internal static void MapMetricsApi(this IEndpointRouteBuilder api)
    {
        ApiParameter[] asked = [.. ApiParameter.Frame, .. ApiParameter.Filters];
        api.MapGet("/metrics", (ApiRequest request, MetricReader metrics, CancellationToken cancellation) => CatalogueAsync(request, metrics, cancellation)).Takes().Gives<Listing<MetricAnswer>>("The catalogue of metrics");
        api.MapGet("/metrics/{id}", FigureAsync).Takes([.. asked, ApiParameter.By, ApiParameter.Durations]).Gives<MetricFigureAnswer>("A figure, and its parts");
        api.MapGet("/metrics/{id}/rows", RowsAsync).Takes([.. asked, ApiParameter.Status, .. ApiParameter.Paging]).Gives<RowsAnswer>("The rows behind a figure");
        api.MapGet("/commitments", (ApiRequest request, MetricReader metrics, CancellationToken cancellation) =>
                CommitmentsAsync(request, metrics, MetricWords.OfKind(request.Query.Kind), cancellation))
            .Takes([.. asked, ApiParameter.Kind, ApiParameter.Status, .. ApiParameter.Paging]).Gives<RowsAnswer>("Commitments of one kind");
    }

    private static async Task<IResult> CatalogueAsync(ApiRequest request, MetricReader metrics, CancellationToken cancellation)
    {
        var aims = await Aims.ReadAsync(metrics, request.For(MetricCatalogue.Respond24H.Id), cancellation);
        return Results.Ok(new Listing<MetricAnswer>([.. MetricCatalogue.All.Select(metric => MetricAnswer.Of(metric, aims.Of(metric)))], MetricCatalogue.All.Count, null, null));
    }

    private static async Task<IResult> FigureAsync(ApiRequest request, MetricReader metrics, string id, CancellationToken cancellation)
    {
        if (MetricCatalogue.Find(id) is not { } metric) return Results.NotFound();
        var query = request.For(id);
        var value = await metrics.ValueAsync(query, cancellation);
        var aims = await Aims.ReadAsync(metrics, query, cancellation);
        var groups = request.By is { } by ? await metrics.GroupsAsync(query, by, cancellation) : null;
        return Results.Ok(new MetricFigureAnswer(
            PeriodAnswer.Of(query.Period), FigureAnswer.Of(metric, value, aims.Of(metric)), request.By is { } split ? PageQuery.Word(split) : null,
            groups is null ? null : [.. groups.Select(group => new GroupAnswer(group.Key, group.Name, FigureAnswer.Of(metric, group.Value, aims.Of(metric, request.By!.Value, group.Key))))]));
    }

    private static Task<IResult> RowsAsync(ApiRequest request, MetricReader metrics, string id, CancellationToken cancellation) => MetricCatalogue.Find(id) switch
    {
        CommitmentMetric rate => CommitmentsAsync(request, metrics, rate, cancellation),
        MeasureMetric measure => MeasuresAsync(request, metrics, measure, cancellation),
        _ => Task.FromResult(Results.NotFound()),
    };

    private static async Task<IResult> CommitmentsAsync(ApiRequest request, MetricReader metrics, CommitmentMetric metric, CancellationToken cancellation)
    {
        var page = await metrics.RowsAfterAsync(request.For(metric.Id), request.After, request.Size + 1, cancellation);
        return Answer(request, metric, page.Rows, page.Total, RowColumns.Commitments, RowPlace.Of);
    }

    private static async Task<IResult> MeasuresAsync(ApiRequest request, MetricReader metrics, MeasureMetric metric, CancellationToken cancellation)
    {
        var page = await metrics.MeasureRowsAfterAsync(request.For(metric.Id), request.After, request.Size + 1, cancellation);
        return Answer(request, metric, page.Rows, page.Total, RowColumns.Measures, RowPlace.Of);
    }

    private static IResult Answer<T>(
        ApiRequest request, MetricDefinition metric, IReadOnlyList<T> rows, long total, IReadOnlyList<Column<T>> columns, Func<T, RowPlace> place)
    {
        var page = Paged.Of(request, rows, total, place);
        return Results.Ok(new RowsAnswer
        {
            Metric = metric.Id,
            DefinitionVersion = metric.Version,
            DefinitionHash = metric.Hash,
            Period = PeriodAnswer.Of(request.Query.Period),
            AsOf = request.KnownAt,
            Items = [.. page.Items.Select(row => columns.ToDictionary(column => column.Name, column => column.Of(row)))],
            Total = total,
            NextCursor = page.NextCursor,
            Next = page.Next,
        });
    }
}
