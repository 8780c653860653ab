using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Calendars;

public sealed class LayoutTests : IAsyncLifetime
{
    private const string Key = "cal:1";
    private const int Sunday = 7;
    private const int Wednesday = 3;
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.CreateAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    // In the night of 9 March 2025 New York has no 02:00 to 03:00, in that of 2 November it has 01:00 to 02:00 twice.
    [InlineData("2025-03-09", 0, 24, "05:00-04:00 23h")]
    [InlineData("2025-11-02", 0, 24, "04:00-05:00 25h")]
    [InlineData("2025-03-09", 2, 3, "")]
    [InlineData("2025-03-09", 2.5, 4, "07:00-08:00 1h")]
    [InlineData("2025-03-09", 1, 2.5, "06:00-07:00 1h")]
    [InlineData("2025-11-02", 1, 2, "05:00-07:00 2h")]
    [InlineData("2025-11-02", 1.5, 3, "05:30-06:00, 06:30-08:00 2h")]
    [InlineData("2025-11-02", 0.5, 1.5, "04:30-05:30, 06:00-06:30 1.5h")]
    [InlineData("2025-11-02", 22, 4, "03:00-09:00 6h")]
    public async Task It_is_open_while_the_clock_on_the_wall_shows_the_hours(string day, double opens, double closes, string open)
    {
        await _world.LayOutAsync(Given.Calendar(Key, "America/New_York"), Given.Hours(Key, Sunday, opens, closes));
        Assert.Equal(open, await OpenAsync(day));
    }

    [Theory]
    // Lord Howe moves by half an hour: no 02:00 to 02:30 on 5 October, 01:30 to 02:00 twice on 6 April.
    [InlineData("2025-10-05", 0, 24, 23.5)]
    [InlineData("2025-04-06", 0, 24, 24.5)]
    [InlineData("2025-10-05", 2, 3, 0.5)]
    [InlineData("2025-04-06", 1.5, 2, 1)]
    public async Task A_shift_of_half_an_hour_is_half_an_hour(string day, double opens, double closes, double hours)
    {
        await _world.LayOutAsync(Given.Calendar(Key, "Australia/Lord_Howe"), Given.Hours(Key, Sunday, opens, closes));
        Assert.EndsWith($" {hours.ToString(System.Globalization.CultureInfo.InvariantCulture)}h", await OpenAsync(day), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_a_country_skipped_was_never_open()
    {
        // Samoa went from 29 to 31 December 2011, over the date line.
        await _world.LayOutAsync([Given.Calendar(Key, "Pacific/Apia"), .. Enumerable.Range(1, 7).Select(day => Given.Hours(Key, day, 9, 17))]);
        Assert.Equal("", await OpenAsync("2011-12-30"));
        Assert.Equal("2011-12-31", Assert.Single(await _world.TextsAsync("select next_open_day::text from business_day where day = '2011-12-29'")));
    }

    [Fact]
    public async Task A_special_day_replaces_the_hours_with_as_many_intervals_as_it_has()
    {
        await _world.LayOutAsync([.. Given.WorkingWeek(Key, "UTC"), Given.SpecialDay(Key, "2025-06-04", 10, 12) with { SourceKey = "morning" },
            Given.SpecialDay(Key, "2025-06-04", 13, 14.5) with { SourceKey = "afternoon" }, Given.SpecialDay(Key, "2025-06-05"),
            Given.SpecialDay(Key, "2025-06-07", 9, 10)]);
        Assert.Equal("10:00-12:00, 13:00-14:30 3.5h", await OpenAsync("2025-06-04"));
        Assert.Equal("", await OpenAsync("2025-06-05"));
        Assert.Equal("09:00-17:00 8h", await OpenAsync("2025-06-06"));
        Assert.Equal("09:00-10:00 1h", await OpenAsync("2025-06-07"));
        Assert.Equal(["2025-06-06", "2025-06-06", "2025-06-07", "2025-06-09"],
            await _world.TextsAsync("select next_open_day::text from business_day where day between '2025-06-04' and '2025-06-07' order by day"));
    }

    [Fact]
    public async Task A_special_day_that_was_withdrawn_is_an_ordinary_day()
    {
        await _world.LayOutAsync([.. Given.WorkingWeek(Key, "UTC"), Given.SpecialDay(Key, "2025-06-04")]);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.LayOutAsync(Given.SpecialDay(Key, "2025-06-04") with { Deleted = true, SourceModifiedAt = _world.Clock.Now });
        Assert.Equal("09:00-17:00 8h", await OpenAsync("2025-06-04"));
    }

    [Fact]
    public async Task Hours_hold_from_their_first_day_until_the_day_they_end()
    {
        await _world.LayOutAsync(Given.Calendar(Key, "UTC"),
            Given.Hours(Key, Wednesday, 9, 17) with { ValidTo = new DateOnly(2025, 6, 11) },
            Given.Hours(Key, Wednesday, 8, 12) with { ValidFrom = new DateOnly(2025, 6, 11), ValidTo = new DateOnly(2025, 6, 18) });
        Assert.Equal(["09:00-17:00 8h", "08:00-12:00 4h", ""], [await OpenAsync("2025-06-04"), await OpenAsync("2025-06-11"), await OpenAsync("2025-06-18")]);
    }

    [Fact]
    public async Task Overlapping_hours_count_once()
    {
        await _world.LayOutAsync(Given.Calendar(Key, "UTC"), Given.Hours(Key, Wednesday, 9, 17), Given.Hours(Key, Wednesday, 8, 12),
            Given.Hours(Key, Wednesday, 9, 17) with { SourceKey = "again" }, Given.Hours(Key, Wednesday, 10, 11), Given.Hours(Key, Wednesday, 16, 18));
        Assert.Equal(10 * 3600, await _world.SecondsAsync(Key, "2025-06-04T00:00Z", "2025-06-05T00:00Z"));
        Assert.Equal("2025-06-04T18:00:00Z", await _world.DueAsync(Key, "2025-06-04T00:00Z", 10));
    }

    [Fact]
    public async Task A_night_belongs_to_the_day_it_began_on()
    {
        await _world.LayOutAsync(Given.Calendar(Key, "UTC"), Given.Hours(Key, Wednesday, 22, 6), Given.Hours(Key, 4, 5, 12),
            Given.SpecialDay(Key, "2025-06-11"), Given.SpecialDay(Key, "2025-06-19"));
        Assert.Equal("22:00-06:00 8h", await OpenAsync("2025-06-04"));
        Assert.Equal("06:00-12:00 6h", await OpenAsync("2025-06-05"));
        Assert.Equal(["", "05:00-12:00 7h"], [await OpenAsync("2025-06-11"), await OpenAsync("2025-06-12")]);
        Assert.Equal(["22:00-06:00 8h", ""], [await OpenAsync("2025-06-18"), await OpenAsync("2025-06-19")]);
    }

    [Fact]
    public async Task Calendars_reach_from_2000_to_three_years_ahead_of_the_clock()
    {
        await _world.LayOutAsync([Given.Calendar(Key, "Pacific/Kiritimati"), .. Enumerable.Range(1, 7).Select(day => Given.Hours(Key, day, 9, 17))]);
        Assert.Equal(["2000-01-01 2029-06-01"], await _world.TextsAsync("select min(day) || ' ' || max(day) from open_interval"));
        Assert.Equal(0, await _world.CountAsync("select count(*) from generate_series(date '2000-01-01', '2029-05-31', interval '1 day') d left join business_day b on b.day = d where b.day is null"));
    }

    // The open intervals of a day in UTC and their length, adjacent ones as one.
    private async Task<string> OpenAsync(string day) => (await _world.TextsAsync($"""
        select string_agg(to_char(lower(r) at time zone 'UTC', 'HH24:MI') || '-' || to_char(upper(r) at time zone 'UTC', 'HH24:MI'), ', ' order by r)
          || ' ' || trim_scale(sum(extract(epoch from upper(r) - lower(r))) / 3600) || 'h'
        from (select unnest(range_agg(tstzrange(opens_at, closes_at))) as r from open_interval where day = '{day}') o
        """))[0];
}
