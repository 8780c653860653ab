using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Accounts;

/// <summary>What the list of accounts is asked for beyond what every page is.</summary>
/// <param name="Text">Part of a name, or a whole key; null for all.</param>
/// <param name="Segment">Null for all.</param>
/// <param name="Region">Null for all.</param>
/// <param name="Owner">Staff key; null for all.</param>
/// <param name="Order">What it is ordered by.</param>
public sealed record AccountsAsked(string? Text, string? Segment, string? Region, string? Owner, AccountOrder Order)
{
    internal const AccountOrder UsualOrder = AccountOrder.Overdue;

    private const int Longest = 200;

    /// <summary>True when a filter narrows the list.</summary>
    public bool IsNarrowed => Text is not null || Segment is not null || Region is not null || Owner is not null;

    /// <summary>Reads the address; the frame then carries these names along, or says what in them cannot be understood.</summary>
    internal static (AccountsAsked Asked, PageFrame Frame) Read(PageFrame frame, IQueryCollection address)
    {
        var problems = new List<string>(frame.Problems);
        var order = OrderOf(address, problems);
        var asked = new AccountsAsked(Value(address, "q", problems), Value(address, "segment", problems), Value(address, "region", problems), Value(address, "owner", problems), order);
        return (asked, frame with { Problems = problems, Query = frame.Query with { Own = asked.Pairs() } });
    }

    private (string, string?)[] Pairs() =>
        [("q", Text), ("segment", Segment), ("region", Region), ("owner", Owner), ("order", Order == UsualOrder ? null : PageQuery.Word(Order))];

    private static string? Value(IQueryCollection address, string name, List<string> problems)
    {
        var text = address[name].ToString().Trim();
        if (text.Length <= Longest && !text.Contains('\0', StringComparison.Ordinal) && address[name].Count <= 1) return text.Length == 0 ? null : text;
        problems.Add($"“{name}” is given more than once, is too long, or has a character that nothing of ours has.");
        return null;
    }

    private static AccountOrder OrderOf(IQueryCollection address, List<string> problems)
    {
        if (Value(address, "order", problems) is not { } text) return UsualOrder;
        foreach (var order in Enum.GetValues<AccountOrder>())
            if (PageQuery.Word(order) == text) return order;
        problems.Add($"“{text}” is no order. There is: {string.Join(", ", Enum.GetValues<AccountOrder>().Select(PageQuery.Word))}.");
        return UsualOrder;
    }
}
