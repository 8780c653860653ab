namespace Followthrough.Analytics.Metrics;

/// <summary>How a company divides its fiscal year.</summary>
public enum FiscalKind
{
    /// <summary>The fiscal year is the calendar year; its twelve periods are the months.</summary>
    Calendar,

    /// <summary>Twelve months from the first of <see cref="FiscalCalendar.StartMonth"/>.</summary>
    Shifted,

    /// <summary>Whole weeks: quarters of thirteen, in periods of four, four and five; some years have a 53rd week.</summary>
    FourFourFive,
}

/// <summary>
/// A company's fiscal years and weeks. A fiscal year is named by the calendar year it ends in: with a start in April, FY2026 is April 2025
/// to March 2026. Where whole weeks count, a year begins on the week's first day nearest to the first of its start month (as ISO weeks do
/// for January), and a 53rd week belongs to its last period.
/// </summary>
/// <param name="Kind">How the year is divided.</param>
/// <param name="StartMonth">The month it begins in, 1 to 12; 1 for <see cref="FiscalKind.Calendar"/>.</param>
/// <param name="WeekStart">The first day of a week, also of the weeks of the calendar year.</param>
public sealed record FiscalCalendar(FiscalKind Kind, int StartMonth, DayOfWeek WeekStart)
{
    private const int DaysOfWeek = 7;
    private const int WeeksOfQuarter = 13;

    /// <summary>The calendar year with weeks from Monday: what holds until a company says otherwise.</summary>
    public static FiscalCalendar Standard { get; } = new(FiscalKind.Calendar, 1, DayOfWeek.Monday);

    /// <summary>FY2026.</summary>
    public Period Year(int year) => Of(PeriodUnit.FiscalYear, $"FY{year:0000}", PeriodStart(year, 1), YearStart(year + 1));

    /// <summary>FY2026-Q2, quarters 1 to 4.</summary>
    public Period Quarter(int year, int quarter) =>
        Of(PeriodUnit.FiscalQuarter, $"FY{year:0000}-Q{quarter}", PeriodStart(year, quarter * 3 - 2), PeriodStart(year, quarter * 3 + 1));

    /// <summary>FY2026-P05, periods 1 to 12.</summary>
    public Period Month(int year, int month) =>
        Of(PeriodUnit.FiscalMonth, $"FY{year:0000}-P{month:00}", PeriodStart(year, month), PeriodStart(year, month + 1));

    /// <summary>2026-W14 of the calendar year; null when the year has no such week.</summary>
    public Period? Week(int year, int week)
    {
        var start = WeekNearest(new DateOnly(year, 1, 1)).AddDays(DaysOfWeek * (week - 1));
        return week < 1 || start >= WeekNearest(new DateOnly(year + 1, 1, 1)) ? null
            : Of(PeriodUnit.Week, $"{year:0000}-W{week:00}", start, start.AddDays(DaysOfWeek));
    }

    /// <summary>The fiscal year that holds the day.</summary>
    public Period YearOf(DateOnly day) => Year(YearNumber(day));

    /// <summary>The fiscal quarter that holds the day.</summary>
    public Period QuarterOf(DateOnly day) => Enumerable.Range(1, 4).Select(q => Quarter(YearNumber(day), q)).Last(p => p.Start <= day);

    /// <summary>The fiscal period that holds the day.</summary>
    public Period MonthOf(DateOnly day) => Enumerable.Range(1, 12).Select(m => Month(YearNumber(day), m)).Last(p => p.Start <= day);

    /// <summary>The week that holds the day.</summary>
    public Period WeekOf(DateOnly day)
    {
        // The middle of a week lies in the year the week counts for.
        var start = day.AddDays(-((day.DayOfWeek - WeekStart + DaysOfWeek) % DaysOfWeek));
        var year = start.AddDays(3).Year;
        return Week(year, (start.DayNumber - WeekNearest(new DateOnly(year, 1, 1)).DayNumber) / DaysOfWeek + 1)!;
    }

    private int YearNumber(DateOnly day) => Enumerable.Range(day.Year - 1, 4).Last(year => YearStart(year) <= day);

    private DateOnly YearStart(int year)
    {
        var first = new DateOnly(StartMonth == 1 ? year : year - 1, StartMonth, 1);
        return Kind == FiscalKind.FourFourFive ? WeekNearest(first) : first;
    }

    // The month after the last is the first of the next year, also when a 53rd week lies between.
    private DateOnly PeriodStart(int year, int month)
    {
        if (month > 12) return YearStart(year + 1);
        var weeks = (month - 1) / 3 * WeeksOfQuarter + (month - 1) % 3 * 4;
        return Kind == FiscalKind.FourFourFive ? YearStart(year).AddDays(DaysOfWeek * weeks) : YearStart(year).AddMonths(month - 1);
    }

    private DateOnly WeekNearest(DateOnly day)
    {
        var after = (WeekStart - day.DayOfWeek + DaysOfWeek) % DaysOfWeek;
        return day.AddDays(after > 3 ? after - DaysOfWeek : after);
    }

    private Period Of(PeriodUnit unit, string label, DateOnly start, DateOnly end) => new(label, start, end) { Unit = unit, Calendar = this };
}
