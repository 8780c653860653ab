using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Metrics;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2026-Q3", "2026-07-01", "2026-10-01", "2026-Q2")]
    [InlineData("2026-q1", "2026-01-01", "2026-04-01", "2025-Q4")]
    [InlineData("2026-03", "2026-03-01", "2026-04-01", "2026-02")]
    [InlineData("2026", "2026-01-01", "2027-01-01", "2025")]
    [InlineData("2026-07-01..2026-07-10", "2026-07-01", "2026-07-11", "2026-06-21..2026-06-30")]
    public void A_label_names_its_days_and_the_period_before(string label, string start, string end, string prior)
    {
        Assert.True(Period.TryParse(label, out var period));
        Assert.Equal((DateOnly.Parse(start), DateOnly.Parse(end), prior), (period.Start, period.End, period.Prior()!.Label));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-Q5")]
    [InlineData("2026-13")]
    [InlineData("26")]
    [InlineData("2026-07-10..2026-07-01")]
    [InlineData("last week")]
    [InlineData("0000-Q1")]
    public void Anything_else_is_refused(string label) => Assert.False(Period.TryParse(label, out _));

    [Fact]
    public void A_quarter_begins_at_midnight_in_the_reporting_zone_also_when_the_clock_changed_in_between()
    {
        Assert.True(Period.TryParse("2025-Q1", out var period));
        var (from, to) = period.Instants(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.Equal(DateTimeOffset.Parse("2025-01-01T05:00Z"), from);
        Assert.Equal(DateTimeOffset.Parse("2025-04-01T04:00Z"), to);
    }

    [Fact]
    public void A_day_that_has_no_midnight_begins_at_its_first_instant()
    {
        Assert.True(Period.TryParse("2024-09-08..2024-09-08", out var period));
        var (from, _) = period.Instants(TimeZoneInfo.FindSystemTimeZoneById("America/Santiago"));
        Assert.Equal(DateTimeOffset.Parse("2024-09-08T04:00Z"), from);
    }

    [Fact]
    public void A_day_whose_midnight_comes_twice_begins_with_the_first()
    {
        Assert.True(Period.TryParse("2025-11-02..2025-11-02", out var period));
        var (from, to) = period.Instants(TimeZoneInfo.FindSystemTimeZoneById("America/Havana"));
        Assert.Equal((DateTimeOffset.Parse("2025-11-02T04:00Z"), DateTimeOffset.Parse("2025-11-03T05:00Z")), (from, to));
    }

    [Theory]
    [InlineData("2026-Q3", "2026-07-01", "2026-04-01..2026-04-01")]
    [InlineData("2026-Q3", "2026-08-12", "2026-04-01..2026-05-13")]
    [InlineData("2026-Q3", "2026-09-29", "2026-Q2")]
    [InlineData("2026-Q3", "2026-09-30", "2026-Q2")]
    [InlineData("2026-Q3", "2027-02-01", "2026-Q2")]
    [InlineData("2026-03", "2026-03-27", "2026-02-01..2026-02-27")]
    [InlineData("2026-03", "2026-03-30", "2026-02")]
    [InlineData("2026-02", "2026-02-28", "2026-01")]
    [InlineData("2026-W14", "2026-04-01", "2026-03-23..2026-03-25")]
    [InlineData("FY2026-Q2", "2026-04-10", "2026-01-01..2026-01-10")]
    [InlineData("2026-07-01..2026-07-10", "2026-07-04", "2026-06-21..2026-06-24")]
    public void The_same_point_in_the_prior_period_is_as_many_days_in(string label, string today, string expected)
    {
        Assert.True(Period.TryParse(label, FiscalCalendar.Standard, out var period));
        var point = period.SamePoint(DateOnly.Parse(today))!;
        Assert.Equal(expected, point.Label);
        Assert.True(Period.TryParse(point.Label, FiscalCalendar.Standard, out var again));
        Assert.Equal(again, point);
    }

    [Fact]
    public void A_period_that_has_not_begun_or_has_no_prior_one_has_no_same_point()
    {
        Assert.True(Period.TryParse("2026-Q3", out var quarter));
        Assert.Null(quarter.SamePoint(new DateOnly(2026, 6, 30)));
        Assert.Null(Period.Always.SamePoint(new DateOnly(2026, 6, 30)));
        Assert.True(Period.TryParse("1900-01-01..8999-12-31", out var ages));
        Assert.Null(ages.Prior());
        Assert.Null(ages.SamePoint(new DateOnly(2026, 6, 30)));
    }
}
