using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Scorecards;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Api;
using Followthrough.Dashboard.Filters;

namespace Followthrough.Dashboard.Scorecards;

/// <summary>Scorecards of people and teams, as their pages show them.</summary>
internal static class ScoreApi
{
    internal static void MapScoreApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/people/{key}/scorecard", async (ApiRequest request, ScoreSheets sheets, string key, CancellationToken ct) => Answer(request, await sheets.OfPersonAsync(Asked(request), key, ct)))
            .Takes(ApiParameter.Frame).Gives<ScorecardAnswer>("A person's scorecard");
        api.MapGet("/teams/{key}/scorecard", async (ApiRequest request, ScoreSheets sheets, string key, CancellationToken ct) => Answer(request, await sheets.OfTeamAsync(Asked(request), key, ct)))
            .Takes(ApiParameter.Frame).Gives<ScorecardAnswer>("A team's scorecard");
    }

    private static ScoreAsked Asked(ApiRequest request) => new(request.Who.Viewer, request.Query.Period, request.Company.Fiscal, request.Query.AsOf, request.Now);

    private static IResult Answer(ApiRequest request, ScoreSheet? sheet)
    {
        if (sheet?.Now is not { Scorecard: { } scorecard, Result: { } result }) return Results.NotFound();
        return Results.Ok(new ScorecardAnswer(
            PeriodAnswer.Of(sheet.Now.Period), request.KnownAt, scorecard.Id, scorecard.Name, scorecard.Version, sheet.Who.Staff, sheet.Who.Team, sheet.Now.StandIn,
            result.Total, result.Low, result.High, result.Why, result.Judged,
            [.. result.Lines.Select(ScoreLineAnswer.Of)],
            [.. sheet.Trend.Select(score => new ScoreQuarterAnswer(PeriodAnswer.Of(score.Period), score.Result?.Total, score.Result?.Low, score.Result?.High, score.Result?.Judged))]));
    }
}

/// <summary>A scorecard worked out; the total is null with <paramref name="Reason"/>. Points are 0 to 150.</summary>
internal sealed record ScorecardAnswer(
    PeriodAnswer Period, DateTimeOffset AsOf, string Scorecard, string Name, int Version, string? Person, string? Team, string? StandInTeam,
    decimal? Total, decimal? Low, decimal? High, string? Reason, decimal JudgedWeight, IReadOnlyList<ScoreLineAnswer> Lines, IReadOnlyList<ScoreQuarterAnswer> Trend);

/// <summary>A line of a scorecard, unrounded, in the unit people write: shares in percent.</summary>
internal sealed record ScoreLineAnswer(
    string Metric, Unit Unit, ScoreFigure Own, string JudgedBy, ScoreFigure? Team, string? Why, TargetPoints? Target, decimal? Points, decimal? PointsLow, decimal? PointsHigh,
    decimal Weight, decimal CountedWeight, decimal? Contribution)
{
    internal static ScoreLineAnswer Of(ScoreLine line) => new(
        line.Input.Metric.Id, line.Input.Metric.Unit, line.Input.Own, PageQuery.Word(line.By), line.Input.Team, line.Why, line.Input.Target?.Points,
        line.Points, line.LowPoints, line.HighPoints, line.Input.Weight, line.Counted, line.Contribution);
}

/// <summary>A quarter's total; null where it cannot be said.</summary>
internal sealed record ScoreQuarterAnswer(PeriodAnswer Period, decimal? Total, decimal? Low, decimal? High, decimal? JudgedWeight);
