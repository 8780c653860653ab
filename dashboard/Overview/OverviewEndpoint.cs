using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Audits;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Overview;

/// <summary>The first page: whether the company kept its word this quarter, where it did not, and who waits for it now.</summary>
internal static class OverviewEndpoint
{
    private const int WaitingShown = 9;

    // Measures that have a tile of their own.
    private static readonly MeasureMetric[] Measures = [.. MetricCatalogue.Measures.Where(m => m.Id is "existing_customer_share" or "nps_relational")];

    private static readonly CommitmentMetric Answer = MetricCatalogue.Respond24H;

    internal static void MapOverview(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", ShowAsync);
        pages.MapOverviewFiles();
        pages.MapGet("/overview/waiting", async (PageFrame frame, MetricReader metrics, CancellationToken cancellation) =>
            Screen.Of<WaitingList>(WaitingModel.Of(frame, (await ReadAsync(frame, metrics, cancellation)).Value)));
    }

    private static async Task<IResult> ShowAsync(
        PageFrame frame, NpgsqlDataSource db, MetricReader metrics, QuarterSigning signing, string? company, CancellationToken cancellation)
    {
        var model = await ModelAsync(frame, metrics, cancellation);
        return Screen.Of<OverviewPage>(model with
        {
            Latest = model.Promises.All(p => p.Value.N + p.Value.Pending == 0) ? await LatestQuarter.BeforeAsync(db, frame, cancellation) : null,
            CompanySaved = company == "saved",
            ToSign = await signing.WaitingForAsync(frame.Who, cancellation),
        });
    }

    /// <summary>The figures of the page.</summary>
    internal static async Task<OverviewModel> ModelAsync(PageFrame frame, MetricReader metrics, CancellationToken cancellation) =>
        OverviewModel.Of(frame, await ReadAsync(frame, metrics, cancellation), await Aims.ReadAsync(metrics, Asked(frame, Answer.Id), cancellation));

    // All of the page in one snapshot, and once for all who see the same.
    private static Task<Whole<OverviewFigures>> ReadAsync(PageFrame frame, MetricReader metrics, CancellationToken cancellation)
    {
        var (query, day) = (Asked(frame, Answer.Id), frame.KnownDay);
        return metrics.SoonAsync(query, $"overview of {day:yyyy-MM-dd}", (reader, ct) => ReadAsync(query, day, reader, ct), cancellation);
    }

    private static async Task<OverviewFigures> ReadAsync(MetricQuery query, DateOnly day, MetricReader metrics, CancellationToken cancellation)
    {
        var prior = query.Period.SamePoint(day);
        var twelveMonths = PeriodNames.TwelveMonths(query.Period, day);
        var teams = await metrics.CommitmentGroupsAsync(query, Dimension.Team, cancellation);
        var always = query with { Period = Period.Always };
        // Whoever is not yet due turned to us in the last 24 hours, which is yesterday or today.
        var lastDays = new Period($"{day.AddDays(-1):yyyy-MM-dd}..{day:yyyy-MM-dd}", day.AddDays(-1), day.AddDays(1));
        return new OverviewFigures
        {
            Promises = await PromisesAsync(metrics, query, prior, cancellation),
            Measures = await MeasuresAsync(metrics, query, prior, cancellation),
            PriorPeriod = prior,
            TwelveMonths = twelveMonths,
            Months = await metrics.CommitmentGroupsAsync(query with { Period = twelveMonths }, Dimension.Month, cancellation),
            Teams = [.. teams.OrderBy(t => t.Value.TooFew || t.Value.Value is null).ThenByDescending(t => t.Value.Value).ThenBy(t => t.Name, StringComparer.Ordinal)],
            Waiting = await metrics.WaitingAsync(always, WaitingShown, cancellation),
            LastDays = await metrics.CommitmentsAsync(query with { Period = lastDays }, cancellation),
            LastDaysPeriod = lastDays,
        };
    }

    // One metric after the other: all of them share one snapshot.
    private static async Task<IReadOnlyList<Promise>> PromisesAsync(MetricReader metrics, MetricQuery query, Period? prior, CancellationToken cancellation)
    {
        var promises = new List<Promise>();
        foreach (var metric in MetricCatalogue.Commitments.OrderBy(metric => metric != Answer))
        {
            var asked = query with { Metric = metric.Id };
            var before = prior is null ? null : await metrics.CommitmentsAsync(asked with { Period = prior }, cancellation);
            promises.Add(new Promise(metric, await metrics.CommitmentsAsync(asked, cancellation), before));
        }
        return promises;
    }

    private static async Task<IReadOnlyList<MeasureFigure>> MeasuresAsync(MetricReader metrics, MetricQuery query, Period? prior, CancellationToken cancellation)
    {
        var figures = new List<MeasureFigure>();
        foreach (var metric in Measures)
        {
            var asked = query with { Metric = metric.Id };
            var before = prior is null ? null : await metrics.MeasureAsync(asked with { Period = prior }, cancellation);
            figures.Add(new MeasureFigure(metric, await metrics.MeasureAsync(asked, cancellation), before));
        }
        return figures;
    }

    // The whole that the viewer sees, whatever a list was narrowed to; the page shows no durations.
    private static MetricQuery Asked(PageFrame frame, string metric) =>
        new() { Metric = metric, Period = frame.Query.Period, AsOf = frame.Query.AsOf, Viewer = frame.Viewer, WithDurations = false };
}
