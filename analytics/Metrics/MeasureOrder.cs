namespace Followthrough.Analytics.Metrics;

/// <summary>
/// The orders of a measure's rows, as the statement takes them. Each is total: rows that change places between two pages are alike in
/// everything that is shown.
/// </summary>
internal static class MeasureOrder
{
    /// <summary>An order that rows never change places in, for lists that go on after a row.</summary>
    public const string ByKey = "s.counted_at, s.fact, s.row_key, s.account, " + Alike;

    private const string Rest = "s.counted_at desc, s.fact, s.row_key, s.account, " + Alike;

    private const string Alike = "s.label, s.staff_key, s.team_key, s.amount, s.base, s.currency, s.finished, s.excluded";

    public static string By(MeasureSort sort, bool descending)
    {
        var direction = descending ? " desc nulls last" : "";
        return sort switch
        {
            MeasureSort.At => descending ? Rest : ByKey,
            MeasureSort.Account => $"s.account_name{direction}, {Rest}",
            MeasureSort.Staff => $"p.name{direction}, {Rest}",
            MeasureSort.Team => $"t.name{direction}, {Rest}",
            MeasureSort.Amount => $"s.amount{direction}, {Rest}",
            MeasureSort.Base => $"s.base{direction}, {Rest}",
            _ => throw new ArgumentOutOfRangeException(nameof(sort)),
        };
    }
}
