using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Accounts;

/// <summary>The customers a viewer sees: whose they are, what is owed to them, and whether it is kept.</summary>
internal static class AccountsEndpoint
{
    internal static void MapAccounts(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(AccountPath.List, ShowAsync);
        pages.MapGet(AccountPath.List + ".csv", AccountsCsv.SendAsync);
        pages.MapAccount();
    }

    /// <summary>Gives accounts their rate of the period and what they brought in the twelve months to its end.</summary>
    internal static async Task<IReadOnlyList<AccountFigures>> FiguresAsync(
        PageFrame frame, MetricReader metrics, IReadOnlyList<AccountLine> lines, CancellationToken ct)
    {
        if (lines.Count == 0) return [];
        var metric = MetricWords.OfKind(frame.Query.Kind);
        var query = new MetricQuery { Metric = metric.Id, Period = frame.Query.Period, AsOf = frame.Query.AsOf, Viewer = frame.Viewer };
        var kept = (await metrics.CommitmentGroupsAsync(query, Dimension.Account, ct)).Where(g => g.Key is not null).ToDictionary(g => g.Key!, g => g.Value);
        var revenue = await RevenueAsync(frame, metrics, query, lines, ct);
        return
        [
            .. lines.Select(line => new AccountFigures(
                line,
                kept.GetValueOrDefault(line.Key) ?? CommitmentValueReader.Nothing(metric, frame.KnownAt, frame.Query.AsOf is not null),
                revenue.GetValueOrDefault(line.Key) ?? MeasureValueReader.Nothing(AccountEndpoint.Revenue))),
        ];
    }

    private static async Task<Dictionary<string, MeasureValue>> RevenueAsync(
        PageFrame frame, MetricReader metrics, MetricQuery kept, IReadOnlyList<AccountLine> lines, CancellationToken ct)
    {
        var query = kept with { Metric = AccountEndpoint.Revenue.Id, Period = PeriodNames.TwelveMonths(kept.Period, frame.KnownDay) };
        // One account alone is found through its index.
        var groups = await metrics.MeasureGroupsAsync(lines.Count == 1 ? query with { Account = lines[0].Key } : query, Dimension.Account, ct);
        return groups.Where(g => g.Key is not null).ToDictionary(g => g.Key!, g => g.Value);
    }

    private static async Task<IResult> ShowAsync(PageFrame asked, HttpContext http, MetricReader metrics, NpgsqlDataSource db, CancellationToken cancellation)
    {
        var (own, frame) = AccountsAsked.Read(asked, http.Request.Query);
        if (frame.Problems.Count > 0) return Screen.Of<BadAddressPage>(frame, StatusCodes.Status400BadRequest);
        var size = frame.Query.Size;
        var (lines, total) = await AccountLine.ReadAsync(db, frame, own, (frame.Query.Page - 1) * size, size, cancellation);
        // A page past the end, from an old link: the first.
        if (lines.Count == 0 && frame.Query.Page > 1) return Results.LocalRedirect(frame.Query.Same(AccountPath.List, ("page", null), ("size", $"{size}")));
        return Screen.Of<AccountsPage>(new AccountsModel
        {
            Frame = frame,
            Asked = own,
            Accounts = await FiguresAsync(frame, metrics, lines, cancellation),
            Total = total,
            Choices = await AccountChoices.ReadAsync(db, frame, cancellation),
        });
    }
}
