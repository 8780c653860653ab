using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Churn;

/// <summary>What the risk list is asked for beyond what every page is.</summary>
/// <param name="Filter">Which accounts.</param>
/// <param name="Order">What it is ordered by; null for the usual one.</param>
public sealed record RisksAsked(AccountFilter Filter, RiskOrder? Order)
{
    /// <summary>Reads the address; the frame then carries these names along, or says what in them cannot be understood.</summary>
    internal static (RisksAsked Asked, PageFrame Frame) Read(PageFrame frame, IQueryCollection address)
    {
        var problems = new List<string>(frame.Problems);
        var asked = new RisksAsked(AccountFilter.Read(address, problems), OwnWords.Choice<RiskOrder>(address, "order", problems));
        var own = asked.Filter.Pairs.Append(("order", asked.Order is { } order ? PageQuery.Word(order) : null));
        return (asked, frame with { Problems = problems, Query = frame.Query with { Own = [.. own] } });
    }

    /// <summary>By what the model puts at stake; a recency list by its own ranks, since the model's are not to be trusted there.</summary>
    internal static RiskOrder Usual(Scoring scoring) => scoring.Basis == ListBasis.Model ? RiskOrder.AtStake : RiskOrder.Rank;

    /// <summary>The rows of a scoring that these words mean.</summary>
    internal RiskQuestion Of(Scoring scoring, PageFrame frame) => new()
    {
        Scoring = scoring.Id,
        Viewer = frame.Viewer,
        Now = frame.Now,
        Filter = Filter,
        Team = frame.Query.Team,
        Order = Order ?? Usual(scoring),
        Descending = frame.Query.Descending,
    };
}
