using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Api;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>The risk list and the model behind it, for programs; whose customers are listed is decided as on the page.</summary>
internal static class ChurnApi
{
    internal const string Accounts = "/churn/accounts";
    internal const string Model = "/churn/model";

    // The customer's channel has no part in it.
    private static readonly ApiParameter[] Narrowing =
        [ApiParameter.AsOf, .. ApiParameter.Filters.Where(parameter => parameter.Name != "channel"), .. ApiParameter.Paging];

    internal static void MapChurnApi(this IEndpointRouteBuilder api)
    {
        api.MapGet(Accounts, ListAsync).Takes(Narrowing).Gives<RisksAnswer>("Customers by the newest scoring at that moment: who may leave, what is at stake and why; person and team are the owner's");
        api.MapGet(Model, ModelAsync).Takes().Gives<ModelAnswer>("The churn model that serves, and what it is worth");
    }

    private static async Task<IResult> ListAsync(ApiRequest request, NpgsqlDataSource db, CancellationToken cancellation)
    {
        if (await new ChurnScores(db).LatestAsync(request.Query.AsOf, cancellation) is not { } scoring)
            return Results.Ok(new RisksAnswer(null, new Listing<RiskAnswer>([], 0, null, null)));
        var (lines, totals) = await RiskList.ReadAsync(db, new RiskQuestion
        {
            Scoring = scoring.Id,
            Viewer = request.Who.Viewer,
            Now = request.Now,
            Filter = new AccountFilter(null, request.Query.Segment, request.Query.Region, request.Query.Person),
            Team = request.Query.Team,
            Account = request.Query.Account,
            After = request.After?.Key,
            Take = request.Size + 1,
        }, cancellation);
        var rows = Paged.Of(request, lines, totals.Accounts, line => Paged.Keyed(line.Key));
        return Results.Ok(new RisksAnswer(ScoringAnswer.Of(scoring), new Listing<RiskAnswer>([.. rows.Items.Select(RiskAnswer.Of)], rows.Total, rows.NextCursor, rows.Next)));
    }

    private static async Task<IResult> ModelAsync(ApiRequest request, NpgsqlDataSource db, TimeProvider clock, CancellationToken cancellation) =>
        await new ChurnRegistry(db, clock).ChampionAsync(ChurnTraining.Accounts, cancellation) is { } champion
            ? Results.Ok(ModelAnswer.Of(champion)) : Results.NotFound();
}
