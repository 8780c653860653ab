using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Accounts;

/// <summary>What the list of accounts is asked for beyond what every page is.</summary>
/// <param name="Filter">Which accounts.</param>
/// <param name="Order">What it is ordered by.</param>
public sealed record AccountsAsked(AccountFilter Filter, AccountOrder Order)
{
    internal const AccountOrder UsualOrder = AccountOrder.Overdue;

    /// <summary>Reads the address; the frame then carries these names along, or says what in them cannot be understood.</summary>
    internal static (AccountsAsked Asked, PageFrame Frame) Read(PageFrame frame, IQueryCollection address)
    {
        var problems = new List<string>(frame.Problems);
        var order = OwnWords.Choice<AccountOrder>(address, "order", problems) ?? UsualOrder;
        var filter = AccountFilter.Read(address, problems);
        var own = filter.Pairs.Append(("order", order == UsualOrder ? null : PageQuery.Word(order)));
        return (new AccountsAsked(filter, order), frame with { Problems = problems, Query = frame.Query with { Own = [.. own] } });
    }
}
