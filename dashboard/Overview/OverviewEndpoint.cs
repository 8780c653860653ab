using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Overview;

/// <summary>The first page: whether the company kept its word this quarter, and who waits for it now.</summary>
internal static class OverviewEndpoint
{
    internal const int WaitingShown = 9;

    private static readonly CommitmentMetric Headline = MetricCatalogue.Respond24H;

    internal static void MapOverview(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", ShowAsync);
        pages.MapGet("/overview/waiting", async (PageFrame frame, MetricReader metrics, CancellationToken cancellation) =>
            Screen.Of<WaitingList>(await WaitingAsync(frame, metrics, cancellation)));
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, MetricReader metrics, CancellationToken cancellation)
    {
        var query = frame.Query.For(frame.Viewer, Headline.Id) with { Team = null, Staff = null, Account = null, Status = null };
        var prior = query.Period.SamePoint(frame.KnownDay);
        var twelveMonths = PeriodNames.TwelveMonths(query.Period, frame.KnownDay);
        var value = metrics.CommitmentsAsync(query, cancellation);
        var before = prior is null ? Task.FromResult<CommitmentValue?>(null) : Maybe(metrics.CommitmentsAsync(query with { Period = prior, WithDurations = false }, cancellation));
        var months = metrics.CommitmentGroupsAsync(query with { Period = twelveMonths }, Dimension.Month, cancellation);
        var teams = metrics.CommitmentGroupsAsync(query, Dimension.Team, cancellation);
        var waiting = WaitingAsync(frame, metrics, cancellation);
        return Screen.Of<OverviewPage>(new OverviewModel
        {
            Frame = frame,
            Metric = Headline,
            Value = await value,
            Prior = await before,
            PriorPeriod = prior,
            Months = Months.Complete(await months, twelveMonths, Headline, frame.KnownAt),
            Teams = [.. (await teams).OrderBy(t => t.Value.TooFew || t.Value.Value is null).ThenByDescending(t => t.Value.Value).ThenBy(t => t.Name, StringComparer.Ordinal)],
            Others = await OthersAsync(metrics, query, prior, cancellation),
            Waiting = await waiting,
        });
    }

    // One metric after the other: there may be many, and all at once would take every connection there is.
    private static async Task<IReadOnlyList<OtherPromise>> OthersAsync(
        MetricReader metrics, MetricQuery query, Period? prior, CancellationToken cancellation)
    {
        var others = new List<OtherPromise>();
        foreach (var metric in MetricCatalogue.Commitments.Where(metric => metric != Headline))
        {
            var asked = query with { Metric = metric.Id, WithDurations = false };
            var before = prior is null ? null : await metrics.CommitmentsAsync(asked with { Period = prior }, cancellation);
            others.Add(new OtherPromise(metric, await metrics.CommitmentsAsync(asked, cancellation), before));
        }
        return others;
    }

    private static async Task<CommitmentValue?> Maybe(Task<CommitmentValue> value) => await value;

    private static async Task<WaitingModel> WaitingAsync(PageFrame frame, MetricReader metrics, CancellationToken cancellation)
    {
        var query = new MetricQuery { Metric = Headline.Id, AsOf = frame.Query.AsOf, Viewer = frame.Viewer };
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
