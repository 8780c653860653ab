using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Churn;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Accounts;

/// <summary>One customer: who it is, what is owed to it, what it says of us and brings, and everything that happened.</summary>
internal static class AccountEndpoint
{
    private const int OwedShown = 8;

    /// <summary>What a customer brings.</summary>
    internal static MeasureMetric Revenue { get; } = MetricCatalogue.Measures.Single(m => m.Id == "net_revenue");

    private static readonly MeasureMetric[] Scores = [.. MetricCatalogue.Measures.Where(m => m.Id is "nps_relational" or "nps_transactional" or "csat" or "ces")];

    internal static void MapAccount(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(AccountPath.Route, ShowAsync).WithMetadata(new AboutOneAccount());
        pages.MapGet(AccountPath.Route + "/timeline", OlderAsync);
    }

    private static async Task<IResult> ShowAsync(
        PageFrame asked, MetricReader metrics, NpgsqlDataSource db, string key, string? @event, string? before, CancellationToken cancellation)
    {
        if (CommitmentPath.Decode(key) is not { } account) return Results.NotFound();
        if (await AccountFacts.FindAsync(db, asked, account, cancellation) is not { } facts) return await SurvivorAsync(db, asked, account, cancellation);
        if (!TryNarrow(asked, @event, before, out var frame, out var sort)) return Screen.Of<BadAddressPage>(frame, StatusCodes.Status400BadRequest);
        var query = frame.Query.For(frame.Viewer, MetricWords.OfKind(frame.Query.Kind).Id) with { Team = null, Staff = null, Status = null, Account = account };
        var prior = query.Period.SamePoint(frame.KnownDay);
        var year = PeriodNames.TwelveMonths(query.Period, frame.KnownDay);
        var earned = query with { Metric = Revenue.Id, Period = year };
        return Screen.Of<AccountPage>(new AccountModel
        {
            Frame = frame,
            Account = facts,
            Kept = await metrics.CommitmentsAsync(query, cancellation),
            Prior = prior is null ? null : await metrics.CommitmentsAsync(query with { Period = prior }, cancellation),
            PriorPeriod = prior,
            Owed = await Owed.ReadAsync(db, frame, new OwedAsked { Account = account, Most = OwedShown }, cancellation),
            Revenue = await metrics.MeasureAsync(earned, cancellation),
            Months = Months.Complete(await metrics.MeasureGroupsAsync(earned, Dimension.Month, cancellation), year, Revenue),
            Scores = await ScoresAsync(metrics, query with { Period = year }, cancellation),
            Risk = await RiskOfAccount.ReadAsync(db, frame, account, cancellation),
            Audits = frame.Who.May(Right.Audit) ? await new ProjectAuditReader(db).OfAccountAsync(account, cancellation) : [],
            Timeline = await TimelineModel.ReadAsync(db, frame, account, sort, before, TimelineModel.OnPage, cancellation),
            Drawn = await TimelineModel.ReadAsync(db, frame, account, null, null, TimelineChart.Most, cancellation),
        });
    }

    // A link to a key that was found to be another customer's leads to that one, if the viewer may see it.
    private static async Task<IResult> SurvivorAsync(NpgsqlDataSource db, PageFrame frame, string account, CancellationToken ct) =>
        await SurvivingAccount.KeyAsync(db, account, frame.Now, ct) is var key && key != account && await AccountScope.NameAsync(db, frame.Viewer, key, ct) is not null
            ? Results.LocalRedirect(frame.Query.Carry(AccountPath.Of(key)))
            : Results.NotFound();

    private static async Task<IResult> OlderAsync(
        PageFrame asked, NpgsqlDataSource db, string key, string? @event, string? before, CancellationToken cancellation)
    {
        if (CommitmentPath.Decode(key) is not { } account || await AccountFacts.FindAsync(db, asked, account, cancellation) is null) return Results.NotFound();
        if (!TryNarrow(asked, @event, before, out var frame, out var sort)) return Screen.Of<BadAddressPage>(frame, StatusCodes.Status400BadRequest);
        return Screen.Of<TimelinePart>(await TimelineModel.ReadAsync(db, frame, account, sort, before, TimelineModel.OnPage, cancellation));
    }

    private static async Task<IReadOnlyList<(MeasureMetric, MeasureValue)>> ScoresAsync(MetricReader metrics, MetricQuery query, CancellationToken ct)
    {
        var scores = new List<(MeasureMetric, MeasureValue)>();
        foreach (var metric in Scores)
            if (await metrics.MeasureAsync(query with { Metric = metric.Id }, ct) is { Value: not null } value) scores.Add((metric, value));
        return scores;
    }

    private static bool TryNarrow(PageFrame asked, string? word, string? before, out PageFrame frame, out EventSort? sort)
    {
        sort = Enum.GetValues<EventSort>().Cast<EventSort?>().FirstOrDefault(value => PageQuery.Word(value!.Value) == word);
        var problems = new List<string>(asked.Problems);
        if (word is not null && sort is null)
            problems.Add($"“{word}” is no sort of event. There is: {string.Join(", ", Enum.GetValues<EventSort>().Select(PageQuery.Word))}.");
        if (before is not null && TimelineEvent.Before(before) is null)
            problems.Add("“before” is no place in a timeline.");
        frame = asked with { Problems = problems, Query = asked.Query with { Own = [("event", word)] } };
        return problems.Count == 0;
    }
}
