using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Editions;

/// <summary>A part of an edition that can be asked for as a whole.</summary>
/// <param name="Period">The quarter, one of its months, or the year it completes.</param>
/// <param name="IsWithin">Whether it lies within the quarter, so that the quarter's rows hold its own.</param>
internal sealed record EditionPart(Period Period, bool IsWithin)
{
    /// <summary>The quarter first, its months, and the year where the quarter is its last.</summary>
    public static IReadOnlyList<EditionPart> Of(Period quarter, FiscalCalendar fiscal)
    {
        var isFiscal = quarter.Unit == PeriodUnit.FiscalQuarter;
        var last = quarter.End.AddDays(-1);
        var year = isFiscal ? fiscal.YearOf(last) : Period.YearOf(last);
        return
        [
            new(quarter, true),
            .. (isFiscal ? FiscalMonths(quarter, fiscal) : quarter.Months()).Select(month => new EditionPart(month, true)),
            .. year.End == quarter.End ? new[] { new EditionPart(year, false) } : [],
        ];
    }

    private static IEnumerable<Period> FiscalMonths(Period quarter, FiscalCalendar fiscal)
    {
        for (var month = fiscal.MonthOf(quarter.Start); month.Start < quarter.End; month = fiscal.MonthOf(month.End)) yield return month;
    }
}
