using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class FiscalCalendarTests
{
    private static readonly FiscalCalendar April = new(FiscalKind.Shifted, 4, DayOfWeek.Monday);

    // The calendar of American retailers, but for its quarters of 4, 5 and 4 weeks.
    private static readonly FiscalCalendar Retail = new(FiscalKind.FourFourFive, 2, DayOfWeek.Sunday);

    public static TheoryData<FiscalKind, int, DayOfWeek> Calendars { get; } = [
        (FiscalKind.Calendar, 1, DayOfWeek.Monday), (FiscalKind.Shifted, 4, DayOfWeek.Sunday), (FiscalKind.Shifted, 10, DayOfWeek.Saturday),
        (FiscalKind.FourFourFive, 1, DayOfWeek.Monday), (FiscalKind.FourFourFive, 2, DayOfWeek.Sunday), (FiscalKind.FourFourFive, 12, DayOfWeek.Thursday)];

    [Theory]
    [InlineData("FY2026", "2025-04-01", "2026-04-01", "FY2025")]
    [InlineData("fy2026-q2", "2025-07-01", "2025-10-01", "FY2026-Q1")]
    [InlineData("FY2026-Q1", "2025-04-01", "2025-07-01", "FY2025-Q4")]
    [InlineData("FY2026-P05", "2025-08-01", "2025-09-01", "FY2026-P04")]
    [InlineData("FY2026-P10", "2026-01-01", "2026-02-01", "FY2026-P09")]
    [InlineData("FY2026-P01", "2025-04-01", "2025-05-01", "FY2025-P12")]
    [InlineData("2026-Q2", "2026-04-01", "2026-07-01", "2026-Q1")]
    public void A_fiscal_year_from_April_is_named_by_the_year_it_ends_in(string label, string start, string end, string prior) =>
        Assert.Equal((DateOnly.Parse(start), DateOnly.Parse(end), prior), Named(label, April));

    [Theory]
    [InlineData("FY2026", "2026-01-01", "2027-01-01", "FY2025")]
    [InlineData("FY2026-Q4", "2026-10-01", "2027-01-01", "FY2026-Q3")]
    [InlineData("FY2026-P02", "2026-02-01", "2026-03-01", "FY2026-P01")]
    public void Where_nothing_is_said_the_fiscal_year_is_the_calendar_year(string label, string start, string end, string prior) =>
        Assert.Equal((DateOnly.Parse(start), DateOnly.Parse(end), prior), Named(label, FiscalCalendar.Standard));

    [Theory]
    // The retailers' year 2023, which ends in 2024, has 53 weeks; 2022 and 2024 have 52.
    [InlineData("FY2023", "2022-01-30", "2023-01-29", 52)]
    [InlineData("FY2024", "2023-01-29", "2024-02-04", 53)]
    [InlineData("FY2025", "2024-02-04", "2025-02-02", 52)]
    public void A_year_of_whole_weeks_begins_nearest_to_the_first_of_its_month(string label, string start, string end, int weeks)
    {
        Assert.Equal((DateOnly.Parse(start), DateOnly.Parse(end)), (Parse(label, Retail).Start, Parse(label, Retail).End));
        Assert.Equal(weeks, Weeks(Parse(label, Retail)));
    }

    [Fact]
    public void The_retailers_years_of_53_weeks_are_the_published_ones() =>
        Assert.Equal([2000, 2006, 2012, 2017, 2023], Enumerable.Range(2000, 25).Where(year => Weeks(Retail.Year(year + 1)) == 53));

    [Fact]
    public void The_53rd_week_belongs_to_the_last_period()
    {
        int[] usual = [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 5];
        Assert.Equal(usual, Enumerable.Range(1, 12).Select(month => Weeks(Retail.Month(2025, month))));
        Assert.Equal([.. usual[..11], 6], Enumerable.Range(1, 12).Select(month => Weeks(Retail.Month(2024, month))));
        Assert.Equal([13, 13, 13, 14], Enumerable.Range(1, 4).Select(quarter => Weeks(Retail.Quarter(2024, quarter))));
        Assert.Equal("FY2024-P12", Parse("FY2025-P01", Retail).Prior()!.Label);
        Assert.Equal("FY2024-Q4", Parse("FY2025-Q1", Retail).Prior()!.Label);
    }

    [Theory]
    [MemberData(nameof(Calendars))]
    public void Each_period_begins_where_the_prior_one_ends_and_is_found_by_its_label_and_its_days(FiscalKind kind, int month, DayOfWeek week)
    {
        var calendar = new FiscalCalendar(kind, month, week);
        Func<DateOnly, Period>[] units = [calendar.YearOf, calendar.QuarterOf, calendar.MonthOf, calendar.WeekOf, Period.YearOf, Period.QuarterOf, Period.MonthOf];
        Assert.All(units, of =>
        {
            var period = of(new DateOnly(2041, 6, 15));
            for (var prior = period.Prior()!; period.End.Year > 1995; (period, prior) = (prior, prior.Prior()!))
            {
                Assert.Equal(period.Start, prior.End);
                Assert.Equal((period, period, period), (Parse(period.Label, calendar), of(period.Start), of(period.End.AddDays(-1))));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Calendars))]
    public void Twelve_periods_are_four_quarters_are_the_year(FiscalKind kind, int month, DayOfWeek week)
    {
        var calendar = new FiscalCalendar(kind, month, week);
        for (var year = 1995; year < 2045; year++)
        {
            List<DateOnly> edges = [calendar.Year(year).Start, .. Enumerable.Range(1, 4).Select(q => calendar.Quarter(year, q).End)];
            Assert.Equal(edges, [calendar.Month(year, 1).Start, .. Enumerable.Range(1, 4).Select(q => calendar.Month(year, 3 * q).End)]);
            Assert.Equal(calendar.Year(year).End, edges[^1]);
        }
    }

    [Fact]
    public void Weeks_from_Monday_are_those_of_ISO_8601()
    {
        for (var day = new DateOnly(1999, 12, 1); day.Year < 2042; day = day.AddDays(1))
        {
            var noon = day.ToDateTime(new TimeOnly(12, 0));
            var iso = string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(noon)}-W{ISOWeek.GetWeekOfYear(noon):00}");
            Assert.Equal(iso, FiscalCalendar.Standard.WeekOf(day).Label);
        }
    }

    [Theory]
    // Weeks from Sunday as epidemiologists number them: 2014 and 2020 have a 53rd.
    [InlineData("2026-W14", "2026-04-05", "2026-W13")]
    [InlineData("2020-W53", "2020-12-27", "2020-W52")]
    [InlineData("2021-W01", "2021-01-03", "2020-W53")]
    [InlineData("2014-W53", "2014-12-28", "2014-W52")]
    public void Weeks_may_begin_on_a_Sunday(string label, string start, string prior) =>
        Assert.Equal((DateOnly.Parse(start), DateOnly.Parse(start).AddDays(7), prior), Named(label, Retail));

    [Theory]
    [InlineData("FY2026-P13")]
    [InlineData("FY2026-P00")]
    [InlineData("FY2026-Q0")]
    [InlineData("FY2026-04")]
    [InlineData("FY2026-W04")]
    [InlineData("2026-P04")]
    [InlineData("2025-W53")]
    [InlineData("2025-W00")]
    [InlineData("FY1026")]
    [InlineData("FY")]
    public void What_no_calendar_has_is_refused(string label) => Assert.False(Period.TryParse(label, FiscalCalendar.Standard, out _));

    [Theory]
    [InlineData("FY2026")]
    [InlineData("FY2026-Q2")]
    [InlineData("FY2026-P05")]
    [InlineData("2026-W14")]
    public void A_label_whose_days_depend_on_the_company_means_nothing_without_its_calendar(string label) => Assert.False(Period.TryParse(label, out _));

    private static (DateOnly, DateOnly, string) Named(string label, FiscalCalendar calendar)
    {
        var period = Parse(label, calendar);
        return (period.Start, period.End, period.Prior()!.Label);
    }

    private static Period Parse(string label, FiscalCalendar calendar)
    {
        Assert.True(Period.TryParse(label, calendar, out var period), label);
        return period;
    }

    private static int Weeks(Period period) => (period.End.DayNumber - period.Start.DayNumber) / 7;
}
