using System.Globalization;

namespace Followthrough.Analytics.Metrics;

/// <summary>A span of days [<see cref="Start"/>, <see cref="End"/>) in the reporting zone, with the label it is asked for and shown by.</summary>
/// <param name="Label">For example <c>2026-Q3</c>, <c>2026-07</c>, <c>2026</c> or <c>2026-07-01..2026-09-30</c> (both days included).</param>
/// <param name="Start">First day, inclusive.</param>
/// <param name="End">Day after the last, exclusive.</param>
public sealed record Period(string Label, DateOnly Start, DateOnly End)
{
    /// <summary>Everything there is.</summary>
    public static Period Always { get; } = new("all time", DateOnly.MinValue, DateOnly.MaxValue);

    /// <summary>The calendar quarter that holds the day.</summary>
    public static Period QuarterOf(DateOnly day)
    {
        var quarter = (day.Month - 1) / 3;
        var start = new DateOnly(day.Year, quarter * 3 + 1, 1);
        return new Period($"{day.Year}-Q{quarter + 1}", start, start.AddMonths(3));
    }

    /// <summary>The calendar month that holds the day.</summary>
    public static Period MonthOf(DateOnly day)
    {
        var start = new DateOnly(day.Year, day.Month, 1);
        return new Period(start.ToString("yyyy-MM", CultureInfo.InvariantCulture), start, start.AddMonths(1));
    }

    /// <summary>Reads a label; false when it is none of the four forms or ends before it starts.</summary>
    public static bool TryParse(string? text, out Period period)
    {
        period = Always;
        if (string.IsNullOrWhiteSpace(text)) return false;
        text = text.Trim();
        return TryQuarter(text, ref period) || TryMonthOrYear(text, ref period) || TryRange(text, ref period);
    }

    /// <summary>The period of the same kind and length just before this one; null before the beginning of time.</summary>
    public Period? Prior()
    {
        if (this == Always) return null;
        if (Label.Contains('Q', StringComparison.Ordinal)) return QuarterOf(Start.AddDays(-1));
        if (Label.Length == 7) return MonthOf(Start.AddDays(-1));
        if (Label.Length == 4) return Year(Start.Year - 1);
        var days = End.DayNumber - Start.DayNumber;
        return Range(Start.AddDays(-days), Start.AddDays(-1));
    }

    /// <summary>The instants at which it begins and ends in a zone.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Instants(TimeZoneInfo zone) =>
        (StartOfDay(Start, zone), StartOfDay(End, zone));

    private static bool TryQuarter(string text, ref Period period)
    {
        if (text.Length != 7 || text[4] != '-' || char.ToUpperInvariant(text[5]) != 'Q' || text[6] is < '1' or > '4') return false;
        if (!TryYear(text[..4], out var year)) return false;
        period = QuarterOf(new DateOnly(year, (text[6] - '0') * 3, 1));
        return true;
    }

    private static bool TryMonthOrYear(string text, ref Period period)
    {
        if (text.Length == 4 && TryYear(text, out var year)) { period = Year(year); return true; }
        if (!DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)) return false;
        period = MonthOf(month);
        return true;
    }

    private static bool TryRange(string text, ref Period period)
    {
        var ends = text.Split("..");
        if (ends.Length != 2 || !TryDay(ends[0], out var first) || !TryDay(ends[1], out var last) || last < first) return false;
        period = Range(first, last);
        return true;
    }

    private static bool TryYear(string text, out int year) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out year) && year is >= 1900 and <= 9000;

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is >= 1900 and <= 9000;

    private static Period Year(int year) => new($"{year}", new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));

    private static Period Range(DateOnly first, DateOnly last) =>
        new($"{first:yyyy-MM-dd}..{last:yyyy-MM-dd}", first, last.AddDays(1));

    private static DateTimeOffset StartOfDay(DateOnly day, TimeZoneInfo zone)
    {
        if (day == DateOnly.MinValue) return DateTimeOffset.MinValue;
        if (day == DateOnly.MaxValue) return DateTimeOffset.MaxValue;
        var local = day.ToDateTime(TimeOnly.MinValue);
        // Some zones spring forward at midnight: the day then begins at the first instant that exists.
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
