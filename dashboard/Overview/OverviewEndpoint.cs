using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Overview;

/// <summary>The first page: whether the company kept its word this quarter, where it did not, and who waits for it now.</summary>
internal static class OverviewEndpoint
{
    internal const int WaitingShown = 9;

    /// <summary>Measures that have a tile of their own.</summary>
    internal static readonly string[] Measures = ["existing_customer_share", "nps_relational"];

    private static readonly CommitmentMetric Answer = MetricCatalogue.Respond24H;

    internal static void MapOverview(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", ShowAsync);
        pages.MapGet("/overview/waiting", async (PageFrame frame, MetricReader metrics, CancellationToken cancellation) =>
            Screen.Of<WaitingList>(await WaitingAsync(frame, metrics, cancellation)));
        pages.MapGet("/overview/measure/{id}", MeasureAsync);
    }

    /// <summary>The part of the page that draws a measure's tile.</summary>
    internal static string TilePath(string metric) => $"/overview/measure/{metric}";

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, MetricReader metrics, string? company, CancellationToken cancellation)
    {
        var query = Asked(frame, Answer.Id);
        var prior = query.Period.SamePoint(frame.KnownDay);
        var twelveMonths = PeriodNames.TwelveMonths(query.Period, frame.KnownDay);
        var promises = await PromisesAsync(metrics, query, prior, cancellation);
        var months = await metrics.CommitmentGroupsAsync(query with { Period = twelveMonths }, Dimension.Month, cancellation);
        var teams = await metrics.CommitmentGroupsAsync(query, Dimension.Team, cancellation);
        return Screen.Of<OverviewPage>(new OverviewModel
        {
            Frame = frame,
            Promises = promises,
            PriorPeriod = prior,
            Latest = promises.All(p => p.Value.N + p.Value.Pending == 0) ? await LatestQuarter.BeforeAsync(db, frame, cancellation) : null,
            CompanySaved = company == "saved",
            Months = Months.Complete(months, twelveMonths, Answer, frame.KnownAt),
            Teams = [.. teams.OrderBy(t => t.Value.TooFew || t.Value.Value is null).ThenByDescending(t => t.Value.Value).ThenBy(t => t.Name, StringComparer.Ordinal)],
            Waiting = await WaitingAsync(frame, metrics, cancellation),
        });
    }

    private static async Task<IResult> MeasureAsync(PageFrame frame, MetricReader metrics, string id, CancellationToken cancellation)
    {
        if (!Measures.Contains(id) || MetricCatalogue.Find(id) is not MeasureMetric metric) return Results.NotFound();
        var query = Asked(frame, id);
        var prior = query.Period.SamePoint(frame.KnownDay);
        return Screen.Of<MeasureTile>(new MeasureTileModel(
            frame, metric,
            await metrics.MeasureAsync(query, cancellation),
            prior is null ? null : await metrics.MeasureAsync(query with { Period = prior }, cancellation),
            prior is null ? null : PeriodNames.Compared(frame.Query.Period, prior)));
    }

    // One metric after the other: there may be many, and all at once would take every connection there is.
    private static async Task<IReadOnlyList<Promise>> PromisesAsync(MetricReader metrics, MetricQuery query, Period? prior, CancellationToken cancellation)
    {
        var promises = new List<Promise>();
        foreach (var metric in MetricCatalogue.Commitments.OrderBy(metric => metric != Answer))
        {
            var asked = query with { Metric = metric.Id, WithDurations = metric == Answer };
            var before = prior is null ? null : await metrics.CommitmentsAsync(asked with { Period = prior, WithDurations = false }, cancellation);
            promises.Add(new Promise(metric, await metrics.CommitmentsAsync(asked, cancellation), before));
        }
        return promises;
    }

    // The whole that the viewer sees, whatever a list was narrowed to.
    private static MetricQuery Asked(PageFrame frame, string metric) =>
        new() { Metric = metric, Period = frame.Query.Period, AsOf = frame.Query.AsOf, Viewer = frame.Viewer };

    private static async Task<WaitingModel> WaitingAsync(PageFrame frame, MetricReader metrics, CancellationToken cancellation)
    {
        var query = new MetricQuery { Metric = Answer.Id, AsOf = frame.Query.AsOf, Viewer = frame.Viewer };
        var waiting = await metrics.WaitingAsync(query, WaitingShown, cancellation);
        // Whoever is not yet due turned to us in the last 24 hours, which is yesterday or today.
        var since = LastDays(frame);
        var value = await metrics.CommitmentsAsync(query with { Period = since }, cancellation);
        return new WaitingModel(frame, waiting.Rows, waiting.Total, value.Pending, since);
    }

    private static Period LastDays(PageFrame frame)
    {
        var today = frame.KnownDay;
        return new Period($"{today.AddDays(-1):yyyy-MM-dd}..{today:yyyy-MM-dd}", today.AddDays(-1), today.AddDays(1));
    }
}
