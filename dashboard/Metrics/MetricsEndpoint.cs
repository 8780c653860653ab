using Followthrough.Analytics.Measures;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Metrics;

/// <summary>The catalogue of metrics and each metric's page: what it means, how it went, and how it splits.</summary>
internal static class MetricsEndpoint
{
    internal const string Path = "/metrics";

    /// <summary>The measures of the catalogue with their values, for a page that has drawn them without.</summary>
    internal const string ValuesPath = Path + "/values";

    private const int Suggested = 8;

    internal static void MapMetrics(this IEndpointRouteBuilder pages)
    {
        pages.MapMeasureRows();
        pages.MapFigureExports();
        pages.MapGet(Path, CatalogueAsync);
        pages.MapGet(ValuesPath, ValuesAsync);
        pages.MapGet(Path + "/{id}", FindAsync);
    }

    // What comes from the roll-ups is there at once; the measures, which take seconds together, follow by themselves.
    private static async Task<IResult> CatalogueAsync(PageFrame frame, MetricReader metrics, CancellationToken cancellation) =>
        Screen.Of<CataloguePage>(await CatalogueOfAsync(frame, metrics, MetricCatalogue.Commitments, cancellation));

    private static async Task<IResult> ValuesAsync(PageFrame frame, MetricReader metrics, CancellationToken cancellation) =>
        Screen.Of<CatalogueValues>(await CatalogueOfAsync(frame, metrics, MetricCatalogue.Measures, cancellation));

    private static async Task<CatalogueModel> CatalogueOfAsync(
        PageFrame frame, MetricReader metrics, IEnumerable<MetricDefinition> catalogue, CancellationToken cancellation)
    {
        var entries = new List<CatalogueEntry>();
        foreach (var metric in catalogue)
            entries.Add(new CatalogueEntry(metric, await metrics.ValueAsync(Company(frame, metric) with { WithDurations = false }, cancellation)));
        return new CatalogueModel(frame, entries, await Aims.ReadAsync(metrics, Company(frame, MetricCatalogue.Respond24H), cancellation));
    }

    private static Task<IResult> FindAsync(PageFrame frame, MetricReader metrics, HttpContext http, string id, CancellationToken cancellation) => MetricCatalogue.Find(id) switch
    {
        CommitmentMetric rate => ShowAsync(frame, metrics, rate, cancellation),
        MeasureMetric measure => ShowAsync(frame, metrics, measure, cancellation),
        _ when id == Cohorts.Definition.Id => CohortScreen.ShowAsync(frame, http, cancellation),
        _ => Task.FromResult(Screen.Of<UnknownMetricPage>(new UnknownMetricModel(frame, id, Alike(id)), StatusCodes.Status404NotFound)),
    };

    // Those that share the most words with what was asked for.
    private static List<MetricDefinition> Alike(string id)
    {
        var words = id.Split(['_', '-', ' ', '.'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. MetricCatalogue.All
                .Select(metric => (Metric: metric, Shared: words.Count(word => $"{metric.Id} {metric.Name}".Contains(word, StringComparison.OrdinalIgnoreCase))))
                .Where(found => found.Shared > 0)
                .OrderByDescending(found => found.Shared).ThenBy(found => found.Metric.Name, StringComparer.Ordinal)
                .Take(Suggested)
                .Select(found => found.Metric),
        ];
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, MetricReader metrics, CommitmentMetric metric, CancellationToken cancellation)
    {
        var query = Company(frame, metric);
        var twelveMonths = PeriodNames.TwelveMonths(query.Period, frame.KnownDay);
        var months = await metrics.CommitmentGroupsAsync(query with { Period = twelveMonths }, Dimension.Month, cancellation);
        var groups = await metrics.CommitmentGroupsAsync(query, frame.Query.By, cancellation);
        var value = await metrics.CommitmentsAsync(query, cancellation);
        return Screen.Of<MetricPage>(new MetricModel
        {
            Frame = frame,
            Metric = metric,
            Aims = await Aims.ReadAsync(metrics, query, cancellation),
            Value = value,
            Spread = await SpreadAsync(metrics, query, metric, value.MedianHours, value.P90Hours, cancellation),
            Months = Months.Complete(months, twelveMonths, metric, frame.KnownAt),
            Groups = frame.Query.By == Dimension.Month ? groups : Ranked(groups),
        });
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, MetricReader metrics, MeasureMetric metric, CancellationToken cancellation)
    {
        var query = Company(frame, metric);
        var twelveMonths = PeriodNames.TwelveMonths(query.Period, frame.KnownDay);
        var months = await metrics.MeasureGroupsAsync(query with { Period = twelveMonths }, Dimension.Month, cancellation);
        var groups = await metrics.MeasureGroupsAsync(query, frame.Query.By, cancellation);
        var value = await metrics.MeasureAsync(query, cancellation);
        return Screen.Of<MeasureScreen>(new MeasureModel
        {
            Frame = frame,
            Metric = metric,
            Aims = await Aims.ReadAsync(metrics, query, cancellation),
            Value = value,
            Spread = await SpreadAsync(metrics, query, metric, value.Median, value.P90, cancellation),
            Promised = await PromisedAsync(metrics, query with { Period = twelveMonths }, metric, frame, cancellation),
            Months = Months.Complete(months, twelveMonths, metric),
            Groups = frame.Query.By == Dimension.Month ? groups : Ranked(groups, metric),
        });
    }

    private static async Task<SpreadModel?> SpreadAsync(
        MetricReader metrics, MetricQuery query, MetricDefinition metric, double? median, double? p90, CancellationToken cancellation) =>
        await metrics.SpreadAsync(query, cancellation) is { } spread ? new SpreadModel(metric, spread, median, p90) : null;

    // How late something is is half of it; the other half is what became of what had been promised.
    private static async Task<(CommitmentMetric, IReadOnlyList<CommitmentGroup>)?> PromisedAsync(
        MetricReader metrics, MetricQuery year, MeasureMetric metric, PageFrame frame, CancellationToken cancellation)
    {
        if (metric.Kinds is not [var kind]) return null;
        var promised = MetricWords.OfKind(kind);
        var months = await metrics.CommitmentGroupsAsync(year with { Metric = promised.Id }, Dimension.Month, cancellation);
        return (promised, Months.Complete(months, year.Period, promised, frame.KnownAt));
    }

    /// <summary>A metric over everything the viewer may see.</summary>
    internal static MetricQuery Company(PageFrame frame, MetricDefinition metric) =>
        new() { Metric = metric.Id, Period = frame.Query.Period, AsOf = frame.Query.AsOf, Viewer = frame.Viewer };

    // Too few to judge is never ranked: those come last, by name.
    private static List<MeasureGroup> Ranked(IReadOnlyList<MeasureGroup> groups, MeasureMetric metric) =>
    [
        .. groups.Where(g => !g.Value.TooFew && g.Value.Value is not null)
            .OrderBy(g => metric.Better == Better.Lower ? g.Value.Value : -g.Value.Value).ThenBy(g => g.Name, StringComparer.Ordinal),
        .. groups.Where(g => g.Value.TooFew || g.Value.Value is null).OrderBy(g => g.Name, StringComparer.Ordinal),
    ];

    // Too few to judge is never ranked: those come last, by name.
    private static List<CommitmentGroup> Ranked(IReadOnlyList<CommitmentGroup> groups) =>
    [
        .. groups.Where(g => !g.Value.TooFew && g.Value.Value is not null).OrderByDescending(g => g.Value.Value).ThenBy(g => g.Name, StringComparer.Ordinal),
        .. groups.Where(g => g.Value.TooFew || g.Value.Value is null).OrderBy(g => g.Name, StringComparer.Ordinal),
    ];
}
