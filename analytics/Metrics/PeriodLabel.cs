using System.Globalization;
using System.Text.RegularExpressions;

namespace Followthrough.Analytics.Metrics;

/// <summary>What kind of stretch a period is, which says what comes before it.</summary>
internal enum PeriodUnit { Days, Week, Month, Quarter, Year, FiscalMonth, FiscalQuarter, FiscalYear }

/// <summary>Reads the texts that name periods.</summary>
internal static partial class PeriodLabel
{
    private const int FirstYear = 1900;
    private const int LastYear = 9000;

    /// <summary>The forms there are, for messages.</summary>
    public const string Forms = "2026-Q3, 2026-07, 2026-W14, 2026, FY2026-Q2, FY2026-P05, FY2026 or 2026-07-01..2026-09-30";

    /// <summary>The period a text names, null when none. Without a calendar the fiscal labels and the weeks name nothing.</summary>
    public static Period? Read(string text, FiscalCalendar? calendar)
    {
        if (text.Contains("..", StringComparison.Ordinal)) return Range(text.Split(".."));
        var match = Form().Match(text);
        if (!match.Success || Number(match, "year") is not ({ } year and >= FirstYear and <= LastYear)) return null;
        return match.Groups["fiscal"].Success ? Fiscal(match, year, calendar) : OfYear(match, year, calendar);
    }

    private static Period? OfYear(Match match, int year, FiscalCalendar? calendar)
    {
        if (match.Groups["period"].Success) return null;
        if (Number(match, "week") is { } week) return calendar?.Week(year, week);
        if (Number(match, "quarter") is { } quarter) return Period.QuarterOf(new DateOnly(year, quarter * 3, 1));
        if (Number(match, "month") is { } month) return month is >= 1 and <= 12 ? Period.MonthOf(new DateOnly(year, month, 1)) : null;
        return Period.YearOf(new DateOnly(year, 1, 1));
    }

    private static Period? Fiscal(Match match, int year, FiscalCalendar? calendar)
    {
        if (match.Groups["week"].Success || match.Groups["month"].Success) return null;
        if (Number(match, "quarter") is { } quarter) return calendar?.Quarter(year, quarter);
        if (Number(match, "period") is { } month) return month is >= 1 and <= 12 ? calendar?.Month(year, month) : null;
        return calendar?.Year(year);
    }

    private static Period? Range(string[] ends) =>
        ends.Length == 2 && Day(ends[0]) is { } first && Day(ends[1]) is { } last && first <= last ? Period.Days(first, last.AddDays(1)) : null;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= FirstYear and <= LastYear ? day : null;

    private static int? Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("^(?<fiscal>FY)?(?<year>[0-9]{4})(-Q(?<quarter>[1-4])|-P(?<period>[0-9]{2})|-W(?<week>[0-9]{2})|-(?<month>[0-9]{2}))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
