using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Metrics;

/// <summary>The catalogue of metrics and each metric's page: what it means, how it went, and how it splits.</summary>
internal static class MetricsEndpoint
{
    internal const string Path = "/metrics";

    private const int Suggested = 8;

    internal static void MapMetrics(this IEndpointRouteBuilder pages)
    {
        pages.MapMeasureRows();
        pages.MapGet(Path, CatalogueAsync);
        pages.MapGet(Path + "/{id}", FindAsync);
    }

    private static async Task<IResult> CatalogueAsync(PageFrame frame, MetricReader metrics, CancellationToken cancellation)
    {
        var entries = new List<CatalogueEntry>();
        foreach (var metric in MetricCatalogue.All)
            entries.Add(new CatalogueEntry(metric, await metrics.ValueAsync(Company(frame, metric) with { WithDurations = false }, cancellation)));
        return Screen.Of<CataloguePage>(new CatalogueModel(frame, entries));
    }

    private static Task<IResult> FindAsync(PageFrame frame, MetricReader metrics, string id, CancellationToken cancellation) => MetricCatalogue.Find(id) switch
    {
        CommitmentMetric rate => ShowAsync(frame, metrics, rate, cancellation),
        MeasureMetric measure => ShowAsync(frame, metrics, measure, cancellation),
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
        return Screen.Of<MetricPage>(new MetricModel
        {
            Frame = frame,
            Metric = metric,
            Value = await metrics.CommitmentsAsync(query, cancellation),
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
        return Screen.Of<MeasureScreen>(new MeasureModel
        {
            Frame = frame,
            Metric = metric,
            Value = await metrics.MeasureAsync(query, cancellation),
            Months = Months.Complete(months, twelveMonths, metric),
            Groups = frame.Query.By == Dimension.Month ? groups : Ranked(groups, metric),
        });
    }

    private static MetricQuery Company(PageFrame frame, MetricDefinition metric) =>
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

/// <summary>A metric and its figure in the period.</summary>
public sealed record CatalogueEntry(MetricDefinition Metric, MetricValue Value);

/// <summary>What the catalogue draws.</summary>
public sealed record CatalogueModel(PageFrame Frame, IReadOnlyList<CatalogueEntry> Entries);

/// <summary>What is said when there is no such metric.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Id">What was asked for.</param>
/// <param name="Alike">What may have been meant; none when nothing is alike.</param>
public sealed record UnknownMetricModel(PageFrame Frame, string Id, IReadOnlyList<MetricDefinition> Alike);

/// <summary>What a metric's page draws.</summary>
public sealed record MetricModel
{
    /// <summary>Groups on a page of the table.</summary>
    public const int GroupsOnPage = 100;

    public required PageFrame Frame { get; init; }
    public required CommitmentMetric Metric { get; init; }

    /// <summary>The period's figure.</summary>
    public required CommitmentValue Value { get; init; }

    /// <summary>Twelve months up to the period's end.</summary>
    public required IReadOnlyList<CommitmentGroup> Months { get; init; }

    /// <summary>Every group of the chosen split, in the order shown.</summary>
    public required IReadOnlyList<CommitmentGroup> Groups { get; init; }

    public int Pages => Math.Max(1, (Groups.Count + GroupsOnPage - 1) / GroupsOnPage);

    public int Page => Math.Min(Frame.Query.Page, Pages);

    public IReadOnlyList<CommitmentGroup> Shown => [.. Groups.Skip((Page - 1) * GroupsOnPage).Take(GroupsOnPage)];
}
