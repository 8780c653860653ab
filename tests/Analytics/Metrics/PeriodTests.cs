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
}
