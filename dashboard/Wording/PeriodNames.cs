using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Wording;

/// <summary>Periods as people say them.</summary>
internal static class PeriodNames
{
    /// <summary>“Q3 2026”, “July 2026”, “2026” or “1 Jul 2026 to 9 Aug 2026”.</summary>
    internal static string Name(Period period)
    {
        if (period == Period.Always) return "all time";
        if (period == Period.QuarterOf(period.Start)) return $"Q{(period.Start.Month + 2) / 3} {period.Start.Year}";
        if (period == Period.MonthOf(period.Start)) return period.Start.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        return period.Label.Length == 4 ? period.Label : $"{Moments.OnDay(period.Start)} to {Moments.OnDay(period.End.AddDays(-1))}";
    }

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
