using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Wording;

/// <summary>Periods as people say them.</summary>
internal static class PeriodNames
{
    /// <summary>“Q3 2026”, “July 2026”, “2026”, “FY2026 Q2”, “FY2026 P05”, “week 14 of 2026” or “1 Jul 2026 to 9 Aug 2026”.</summary>
    internal static string Name(Period period) => period.Unit switch
    {
        _ when period == Period.Always => "all time",
        PeriodUnit.Year or PeriodUnit.FiscalYear => period.Label,
        PeriodUnit.Quarter => $"Q{(period.Start.Month + 2) / 3} {period.Start.Year}",
        PeriodUnit.Month => period.Start.ToString("MMMM yyyy", CultureInfo.InvariantCulture),
        PeriodUnit.FiscalQuarter or PeriodUnit.FiscalMonth => period.Label.Replace('-', ' '),
        PeriodUnit.Week => $"week {int.Parse(period.Label[^2..], CultureInfo.InvariantCulture)} of {period.Label[..4]}",
        _ => Days(period),
    };

    /// <summary>“1 Jul 2026 to 9 Aug 2026”, whatever the period is called.</summary>
    internal static string Days(Period period) => $"{Moments.OnDay(period.Start)} to {Moments.OnDay(period.End.AddDays(-1))}";

    /// <summary>What a period is compared with: “Q2 2026”, and while it runs “Q2 2026 to the same day of the quarter”.</summary>
    internal static string Compared(Period period, Period with) => (period.Prior(), Unit(period.Unit)) switch
    {
        ({ } prior, { } unit) when prior != with => $"{Name(prior)} to the same day of the {unit}",
        _ => Name(with),
    };

    private static string? Unit(PeriodUnit unit) => unit switch
    {
        PeriodUnit.Year or PeriodUnit.FiscalYear => "year",
        PeriodUnit.Quarter or PeriodUnit.FiscalQuarter => "quarter",
        PeriodUnit.Month => "month",
        PeriodUnit.FiscalMonth => "period",
        PeriodUnit.Week => "week",
        PeriodUnit.Days => null,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
    };

    /// <summary>The next wider period to look at: the year, and beyond a year the last ten.</summary>
    internal static Period Wider(Period period, DateOnly today)
    {
        var wider = period.End <= period.Start.AddMonths(11) ? $"{period.Start.Year}" : $"{today.AddYears(-10):yyyy-MM-dd}..{today:yyyy-MM-dd}";
        return Period.TryParse(wider, out var parsed) ? parsed : period;
    }

    /// <summary>The twelve months that end with the period's last month, or with the current one when the period is not over.</summary>
    internal static Period TwelveMonths(Period period, DateOnly today)
    {
        var last = period.End.AddDays(-1) < today ? period.End.AddDays(-1) : today;
        if (last < period.Start) last = period.Start;
        var start = new DateOnly(last.Year, last.Month, 1).AddMonths(-11);
        return new Period($"{start:yyyy-MM-dd}..{start.AddMonths(12).AddDays(-1):yyyy-MM-dd}", start, start.AddMonths(12));
    }
}
