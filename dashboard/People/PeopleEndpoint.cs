using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Mine;
using Followthrough.Dashboard.Scorecards;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.People;

/// <summary>How people and teams keep their word, compared as fairly as the data allows. Whoever is rated sees what his manager sees.</summary>
internal static class PeopleEndpoint
{
    private const int OwedShown = 8;

    internal static void MapPeople(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PersonPath.List, ListAsync);
        pages.MapPeopleFiles();
        pages.MapGet(PersonPath.Route, PersonAsync);
        pages.MapGet(PersonPath.TeamRoute, TeamAsync);
    }

    private static async Task<IResult> ListAsync(PageFrame frame, MetricReader metrics, NpgsqlDataSource db, CancellationToken cancellation)
    {
        // There is nobody to compare with for who sees but himself.
        if (frame.Viewer.Staff is { Length: > 0 } own) return Results.LocalRedirect(frame.Query.Carry(PersonPath.Of(own)));
        var metric = KindOf(frame);
        var query = Asked(frame, metric ?? MetricCatalogue.Respond24H);
        var severalTeams = frame.Query.Team is null && frame.Viewer.Teams is null or { Count: > 1 };
        return Screen.Of<PeoplePage>(new PeopleModel
        {
            Frame = frame,
            Metric = metric,
            Aims = await Aims.ReadAsync(metrics, query, cancellation),
            People = await RankedAsync(metrics, query, metric, Dimension.Staff, cancellation),
            Teams = severalTeams ? await RankedAsync(metrics, query, metric, Dimension.Team, cancellation) : [],
            Choices = await FilterChoices.ReadAsync(db, frame.Viewer, null, cancellation),
        });
    }

    /// <summary>The kind people are compared by; null, which is where one begins, for every kind together.</summary>
    internal static CommitmentMetric? KindOf(PageFrame frame) => frame.Query.Kind is { } kind ? MetricWords.OfKind(kind) : null;

    /// <summary>People or teams as the list has them.</summary>
    internal static async Task<IReadOnlyList<Ranked>> RankedAsync(MetricReader metrics, MetricQuery query, CommitmentMetric? metric, Dimension by, CancellationToken ct)
    {
        if (metric is null) return await Together.ReadAsync(metrics, query, by, ct);
        var groups = await metrics.CommitmentGroupsAsync(query, by, ct);
        return Ranked.Order(groups, await CaseMix.ReadAsync(metrics, query, by, groups, ct));
    }

    /// <summary>What the comparison of people is made of.</summary>
    internal static MetricQuery Asked(PageFrame frame, CommitmentMetric metric) =>
        frame.Query.For(frame.Viewer, metric.Id) with { Staff = null, Account = null, Status = null };

    /// <summary>What the record of one person or team is made of.</summary>
    internal static MetricQuery OfOne(PageFrame frame, Dimension by, string key) => frame.Query.For(frame.Viewer, MetricCatalogue.Respond24H.Id) with
    {
        Team = by == Dimension.Team ? key : null,
        Staff = by == Dimension.Staff ? key : null,
        Account = null,
        Status = null,
    };

    private static async Task<IResult> PersonAsync(PageFrame frame, MetricReader metrics, ScoreSheets scores, NpgsqlDataSource db, string key, CancellationToken cancellation)
    {
        if (CommitmentPath.Decode(key) is not { } staff || await PersonFacts.FindAsync(db, frame, staff, cancellation) is not { } person) return Results.NotFound();
        var query = OfOne(frame, Dimension.Staff, staff);
        var model = await ReadAsync(frame, metrics, query, Dimension.Staff, staff, cancellation);
        var owed = await Owed.ReadAsync(db, frame, new OwedAsked { Staff = staff, Most = OwedShown }, cancellation);
        return Screen.Of<ScorecardPage>(model with { Person = person, Owed = owed, Score = Score(frame, await scores.OfAsync(ScoreModel.Asked(frame), person, cancellation)) });
    }

    private static async Task<IResult> TeamAsync(PageFrame frame, MetricReader metrics, ScoreSheets scores, NpgsqlDataSource db, string key, CancellationToken cancellation)
    {
        if (CommitmentPath.Decode(key) is not { } team || await TeamFacts.FindAsync(db, frame, team, cancellation) is not { } facts) return Results.NotFound();
        var query = OfOne(frame, Dimension.Team, team);
        var model = await ReadAsync(frame, metrics, query, Dimension.Team, team, cancellation);
        var asked = query with { Metric = model.Metric.Id };
        return Screen.Of<ScorecardPage>(model with
        {
            Team = facts,
            Score = Score(frame, await scores.OfAsync(ScoreModel.Asked(frame), facts, cancellation)),
            People = await RankedAsync(metrics, asked, model.Metric, Dimension.Staff, cancellation),
        });
    }

    private static ScoreModel? Score(PageFrame frame, ScoreSheet? sheet) => sheet is null ? null : new ScoreModel(frame, sheet);

    private static async Task<ScorecardModel> ReadAsync(
        PageFrame frame, MetricReader metrics, MetricQuery query, Dimension by, string key, CancellationToken ct)
    {
        var prior = query.Period.SamePoint(frame.KnownDay);
        var kinds = await KindFigure.ReadAsync(metrics, query, prior, ct);
        // Without a wish the headline, or where there is none of it the kind that says most about this record.
        var metric = frame.Query.Kind is null && kinds.Count > 0 && kinds.All(k => k.Metric != MetricCatalogue.Respond24H) ? kinds[0].Metric : MetricWords.OfKind(frame.Query.Kind);
        var asked = query with { Metric = metric.Id };
        var year = PeriodNames.TwelveMonths(query.Period, frame.KnownDay);
        var groups = (await metrics.CommitmentGroupsAsync(asked, by, ct)).Where(g => g.Key == key).ToList();
        var mix = await CaseMix.ReadAsync(metrics, asked, by, groups, ct);
        var value = groups.Count > 0 ? groups[0].Value : await metrics.CommitmentsAsync(asked, ct);
        return new ScorecardModel
        {
            Frame = frame,
            Person = null,
            Team = null,
            Metric = metric,
            Aims = await Aims.ReadAsync(metrics, asked, ct),
            Kinds = kinds,
            PriorPeriod = prior,
            Shown = new Ranked(key, key, value, mix.Expected(key)),
            Months = Months.Complete(await metrics.CommitmentGroupsAsync(asked with { Period = year }, Dimension.Month, ct), year, metric, frame.KnownAt),
            Owed = new Owed([]),
            Score = null,
            People = [],
        };
    }
}
