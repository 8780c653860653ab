namespace Followthrough.Analytics.Demo;

/// <summary>The holidays the company keeps, by the rules of the United States.</summary>
internal static class Holidays
{
    public static IEnumerable<(DateOnly Day, string Name)> Of(int year) =>
    [
        (Observed(new(year, 1, 1)), "New Year's Day"),
        (Nth(year, 5, DayOfWeek.Monday, 4) is var monday && monday.AddDays(7).Month == 5 ? monday.AddDays(7) : monday, "Memorial Day"),
        (Observed(new(year, 7, 4)), "Independence Day"),
        (Nth(year, 9, DayOfWeek.Monday, 1), "Labor Day"),
        (Nth(year, 11, DayOfWeek.Thursday, 4), "Thanksgiving Day"),
        (Nth(year, 11, DayOfWeek.Thursday, 4).AddDays(1), "Day after Thanksgiving"),
        (Observed(new(year, 12, 25)), "Christmas Day"),
    ];

    // A holiday on a weekend is kept on the nearest weekday.
    private static DateOnly Observed(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    private static DateOnly Nth(int year, int month, DayOfWeek weekday, int nth)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((int)weekday - (int)first.DayOfWeek + 7) % 7 + 7 * (nth - 1));
    }
}
