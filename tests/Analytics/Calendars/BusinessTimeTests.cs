using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Calendars;

public sealed class BusinessTimeTests : IAsyncLifetime
{
    private const string Office = "cal:office";
    private World _world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await World.CreateAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Over_a_holiday_and_a_weekend_75_business_minutes_pass_in_88_and_a_quarter_hours()
    {
        await _world.LayOutAsync(NewYorkOffice());
        Assert.Equal(75 * 60, await _world.SecondsAsync(Office, "2025-07-03T16:30-04:00", "2025-07-07T08:45-04:00"));
        Assert.Equal(88.25, (Given.At("2025-07-07T08:45-04:00") - Given.At("2025-07-03T16:30-04:00")).TotalHours);
    }

    [Fact]
    public async Task Eight_business_hours_from_Thursday_afternoon_before_a_holiday_fall_due_on_Monday_afternoon()
    {
        await _world.LayOutAsync(NewYorkOffice());
        Assert.Equal("2025-07-07T20:30:00Z", await _world.DueAsync(Office, "2025-07-03T16:30-04:00", 8));
    }

    [Fact]
    public async Task A_day_from_Saturday_evening_ends_an_hour_later_on_the_clock_when_it_springs_forward()
    {
        await _world.LayOutAsync(Always("America/New_York"));
        Assert.Equal("2025-03-09T23:00:00Z", await _world.DueAsync(Office, "2025-03-08T18:00-05:00", 24));
        Assert.Equal(Given.At("2025-03-09T19:00-04:00"), Given.At("2025-03-08T18:00-05:00").AddHours(24));
    }

    [Fact]
    public async Task A_ticket_under_two_schedules_has_the_published_minutes()
    {
        // Minute 0 is a Sunday at midnight in UTC; the ticket is open from minute 3902 to 5461.46 and moves at 5461.25.
        const string opened = "2025-06-03T17:02Z", moved = "2025-06-04T19:01:15Z", solved = "2025-06-04T19:01:28Z";
        await _world.LayOutAsync([
            Given.Calendar("cal:east", "America/New_York"), .. Days(1, 7).Select(day => Given.Hours("cal:east", day, 8, 22)),
            Given.Calendar("cal:west", "America/Los_Angeles"), .. Days(1, 5).Select(day => Given.Hours("cal:west", day, 8, 17.5))]);
        var cumulative = await _world.SecondsAsync("cal:east", opened, moved) + await _world.SecondsAsync("cal:west", moved, solved);
        Assert.Equal(
            (959.46m, 689.46m, 1559.46m),
            (Minutes(cumulative), Minutes(await _world.SecondsAsync("cal:west", opened, solved)), Minutes((long)(Given.At(solved) - Given.At(opened)).TotalSeconds)));
    }

    [Theory]
    [InlineData("2025-07-05T10:00-04:00", 0, "2025-07-07T12:00:00Z")]
    [InlineData("2025-07-05T10:00-04:00", 1, "2025-07-07T13:00:00Z")]
    [InlineData("2025-07-03T12:00-04:00", 0, "2025-07-03T17:00:00Z")]
    [InlineData("2025-07-03T08:00-04:00", 0, "2025-07-03T12:00:00Z")]
    [InlineData("2025-07-03T08:00-04:00", 4, "2025-07-03T16:00:00Z")]
    [InlineData("2025-07-03T11:59:59-04:00", 0, "2025-07-03T15:59:59Z")]
    public async Task The_clock_starts_at_the_next_opening_and_a_deadline_may_be_the_closing(string from, double hours, string due)
    {
        await _world.LayOutAsync(NewYorkOffice());
        Assert.Equal(due, await _world.DueAsync(Office, from, hours));
    }

    [Fact]
    public async Task Between_two_openings_nothing_passes()
    {
        await _world.LayOutAsync(NewYorkOffice());
        Assert.Equal(0, await _world.SecondsAsync(Office, "2025-07-03T17:00-04:00", "2025-07-07T08:00-04:00"));
        Assert.Equal(0, await _world.SecondsAsync(Office, "2025-07-03T09:00-04:00", "2025-07-03T09:00-04:00"));
    }

    [Fact]
    public async Task What_cannot_be_known_is_null_and_never_zero()
    {
        await _world.LayOutAsync([.. NewYorkOffice(), Given.Calendar("cal:never", "UTC")]);
        Assert.Null(await _world.SecondsAsync(Office, "2025-07-03T10:00Z", "2025-07-03T09:00Z"));
        Assert.Null(await _world.SecondsAsync("cal:unknown", "2025-07-03T09:00Z", "2025-07-03T10:00Z"));
        Assert.Null(await _world.SecondsAsync("cal:never", "2025-07-03T09:00Z", "2025-07-03T10:00Z"));
        Assert.Null(await _world.SecondsAsync(Office, "1999-12-31T09:00Z", "2025-07-03T10:00Z"));
        Assert.Null(await _world.SecondsAsync(Office, "2025-07-03T09:00Z", "2040-01-02T09:00Z"));
        Assert.Null(await _world.DueAsync("cal:unknown", "2025-07-03T09:00Z", 1));
        Assert.Null(await _world.DueAsync("cal:never", "2025-07-03T09:00Z", 0));
        Assert.Null(await _world.DueAsync(Office, "2025-07-03T09:00Z", -1));
        Assert.Null(await _world.DueAsync(Office, "1999-12-31T09:00Z", 1));
        Assert.Null(await _world.DueAsync(Office, "2025-07-03T09:00Z", 24 * 365 * 10));
        Assert.Null(await _world.DueAsync(Office, "2040-01-02T09:00Z", 0));
        Assert.Equal([""], await _world.TextsAsync("select business_seconds(null, now(), now())"));
    }

    [Fact]
    public async Task Parts_of_a_second_are_neither_lost_nor_won()
    {
        await _world.LayOutAsync(NewYorkOffice());
        Assert.Equal("2025-07-03 14:00:01.9+00", (await _world.TextsAsync(
            "select business_deadline('cal:office', '2025-07-03 14:00:00.9+00', 1)::text"))[0]);
        Assert.Equal(1, await _world.SecondsAsync(Office, "2025-07-03T14:00:00.9Z", "2025-07-03T14:00:01.9Z"));
    }

    [Fact]
    public async Task As_known_before_the_hours_changed_time_passes_as_it_did_then()
    {
        await _world.LayOutAsync(NewYorkOffice());
        var before = _world.Clock.Now;
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.LayOutAsync(Given.SpecialDay(Office, "2025-07-03") with { OccurredAt = before });
        Assert.Equal(0, await _world.SecondsAsync(Office, "2025-07-03T10:00-04:00", "2025-07-03T11:00-04:00"));

        await using var connection = await _world.Database.DataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await AsKnown.EnterAsync(connection, before, "respond", null, Ct);
        await using var then = connection.CreateCommand();
        then.CommandText = """
            select business_seconds('cal:office', '2025-07-03 10:00-04', '2025-07-03 11:00-04') || ' '
              || business_deadline('cal:office', '2025-07-03 10:00-04', 3600)
            """;
        Assert.Equal("3600 2025-07-03 15:00:00+00", await then.ExecuteScalarAsync(Ct));
    }

    private static Fact[] NewYorkOffice() =>
    [
        Given.Calendar(Office, "America/New_York"), Given.SpecialDay(Office, "2025-07-04"),
        .. Days(1, 5).Select(day => Given.Hours(Office, day, 8, 12)), .. Days(1, 5).Select(day => Given.Hours(Office, day, 13, 17)),
    ];

    private static Fact[] Always(string zone) => [Given.Calendar(Office, zone), .. Days(1, 7).Select(day => Given.Hours(Office, day, 0, 24))];

    private static IEnumerable<int> Days(int first, int last) => Enumerable.Range(first, last - first + 1);

    // As published: cut after two decimals.
    private static decimal Minutes(long? seconds) => decimal.Round(seconds!.Value / 60m, 2, MidpointRounding.ToZero);
}
