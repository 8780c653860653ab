using System.Globalization;

namespace Followthrough.Analytics.Metrics;

/// <summary>A span of days [<see cref="Start"/>, <see cref="End"/>) in the reporting zone, with the label it is asked for and shown by.</summary>
/// <param name="Label">For example <c>2026-Q3</c>, <c>2026-07</c>, <c>FY2026-P05</c> or <c>2026-07-01..2026-09-30</c> (both days included).</param>
/// <param name="Start">First day, inclusive.</param>
/// <param name="End">Day after the last, exclusive.</param>
public sealed record Period(string Label, DateOnly Start, DateOnly End)
{
    /// <summary>Everything there is.</summary>
    public static Period Always { get; } = new("all time", DateOnly.MinValue, DateOnly.MaxValue);

    internal PeriodUnit Unit { get; init; } = PeriodUnit.Days;

    /// <summary>The calendar in which a week or a fiscal period is counted.</summary>
    internal FiscalCalendar Calendar { get; init; } = FiscalCalendar.Standard;

    /// <summary>The calendar year that holds the day.</summary>
    public static Period YearOf(DateOnly day)
    {
        var start = new DateOnly(day.Year, 1, 1);
        return new Period($"{day.Year:0000}", start, start.AddYears(1)) { Unit = PeriodUnit.Year };
    }

    /// <summary>The calendar quarter that holds the day.</summary>
    public static Period QuarterOf(DateOnly day)
    {
        var quarter = (day.Month - 1) / 3;
        var start = new DateOnly(day.Year, quarter * 3 + 1, 1);
        return new Period($"{day.Year:0000}-Q{quarter + 1}", start, start.AddMonths(3)) { Unit = PeriodUnit.Quarter };
    }

    /// <summary>The calendar month that holds the day.</summary>
    public static Period MonthOf(DateOnly day)
    {
        var start = new DateOnly(day.Year, day.Month, 1);
        return new Period(start.ToString("yyyy-MM", CultureInfo.InvariantCulture), start, start.AddMonths(1)) { Unit = PeriodUnit.Month };
    }

    /// <summary>Reads a label that means the same for every company: a quarter, a month, a year or two days; false when it is none.</summary>
    public static bool TryParse(string? text, out Period period) => TryParse(text, null, out period);

    /// <summary>Reads any label, also of fiscal periods and weeks, as the company's calendar has them; false when it names nothing there.</summary>
    public static bool TryParse(string? text, FiscalCalendar? calendar, out Period period)
    {
        var read = text is null ? null : PeriodLabel.Read(text.Trim(), calendar);
        period = read ?? Always;
        return read is not null;
    }

    /// <summary>The period of the same kind and length just before this one; null before the beginning of time.</summary>
    public Period? Prior()
    {
        if (Start == DateOnly.MinValue) return null;
        var before = Start.AddDays(-1);
        return Unit switch
        {
            PeriodUnit.Year => YearOf(before),
            PeriodUnit.Quarter => QuarterOf(before),
            PeriodUnit.Month => MonthOf(before),
            PeriodUnit.Week => Calendar.WeekOf(before),
            PeriodUnit.FiscalYear => Calendar.YearOf(before),
            PeriodUnit.FiscalQuarter => Calendar.QuarterOf(before),
            PeriodUnit.FiscalMonth => Calendar.MonthOf(before),
            _ => Length <= Start.DayNumber ? Days(Start.AddDays(-Length), Start) : null,
        };
    }

    /// <summary>
    /// What to compare this period with while it runs: as many days of the prior one as have begun, today among them. The whole prior
    /// period once this one is over or as long as it; null before this one begins and where there is no prior one.
    /// </summary>
    public Period? SamePoint(DateOnly today)
    {
        if (today < Start || Prior() is not { } prior) return null;
        var elapsed = today.DayNumber - Start.DayNumber + 1;
        return elapsed >= Length || elapsed >= prior.Length ? prior : Days(prior.Start, prior.Start.AddDays(elapsed));
    }

    /// <summary>The instants at which it begins and ends in a zone.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Instants(TimeZoneInfo zone) =>
        (StartOfDay(Start, zone), StartOfDay(End, zone));

    /// <summary>The calendar months that lie in it, whole or in part, first to last; none when it has no beginning or no end.</summary>
    public IEnumerable<Period> Months()
    {
        if (Start == DateOnly.MinValue || End == DateOnly.MaxValue) yield break;
        for (var month = MonthOf(Start); month.Start < End; month = MonthOf(month.End)) yield return month;
    }

    internal static Period Days(DateOnly start, DateOnly end) => new($"{start:yyyy-MM-dd}..{end.AddDays(-1):yyyy-MM-dd}", start, end);

    private int Length => End.DayNumber - Start.DayNumber;

    private static DateTimeOffset StartOfDay(DateOnly day, TimeZoneInfo zone)
    {
        if (day == DateOnly.MinValue) return DateTimeOffset.MinValue;
        if (day == DateOnly.MaxValue) return DateTimeOffset.MaxValue;
        var local = day.ToDateTime(TimeOnly.MinValue);
        // Some zones spring forward at midnight: the day then begins at the first instant that exists.
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        // Others turn midnight back: it then comes twice, and the day begins with the first.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
