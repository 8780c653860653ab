using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Facts;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>What the newest scoring says of one account.</summary>
/// <param name="Scoring">The scoring.</param>
/// <param name="Risk">Null for an account that was not scored.</param>
public sealed record RiskOfAccount(Scoring Scoring, AccountRisk? Risk)
{
    /// <summary>Of an account that the viewer was found to may see; null where nothing was scored at that moment or before.</summary>
    internal static async Task<RiskOfAccount?> ReadAsync(NpgsqlDataSource db, PageFrame frame, string account, CancellationToken ct)
    {
        var scores = new ChurnScores(db);
        return await scores.LatestAsync(frame.Query.AsOf, ct) is { } scoring
            ? new RiskOfAccount(scoring, (await scores.AccountsAsync(scoring.Id, AccountId.Of(account), null, ct)).SingleOrDefault())
            : null;
    }

    /// <summary>The rows that a fact behind a reason counts; null where no page lists them.</summary>
    internal static string? Rows(PageFrame frame, string account, RiskReason reason, ReasonFact fact) => (fact.Feature, reason.Group) switch
    {
        ("calls_not_returned_365d", _) => Commitments(frame, account, "call_back"),
        ("deliveries_late_365d", _) => Commitments(frame, account, "deliver"),
        (_, "answers") => Commitments(frame, account, null),
        (_, "promises") => Commitments(frame, account, "promise"),
        (_, "issues") => Commitments(frame, account, "resolve_issue"),
        (_, "requests") => Commitments(frame, account, "proposal"),
        (_, "contact") => Timeline(frame, account, EventSort.Contact),
        (_, "orders") => Timeline(frame, account, EventSort.Order),
        (_, "surveys") => Timeline(frame, account, EventSort.Survey),
        (_, "money") => Timeline(frame, account, EventSort.Invoice),
        _ => null,
    };

    // What speaks for leaving is of the last year at most.
    private static string Commitments(PageFrame frame, string account, string? kind) => frame.Query.Carry(
        CommitmentsEndpoint.Path, ("period", PeriodNames.TwelveMonths(frame.Query.Period, frame.KnownDay).Label), ("account", account), ("kind", kind));

    private static string Timeline(PageFrame frame, string account, EventSort sort) =>
        frame.Query.Carry(AccountPath.Of(account), ("event", Filters.PageQuery.Word(sort))) + "#timeline";
}
