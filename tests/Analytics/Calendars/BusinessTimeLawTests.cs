using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Calendars;

/// <summary>Durations and deadlines around both daylight-saving changes of three zones, for random calendars. Failures name zone and seed.</summary>
public sealed class BusinessTimeLawTests(RandomCalendars calendars) : IClassFixture<RandomCalendars>
{
    private const int Tries = 400;
    private const int DaysAround = 6;
    private const int LongestHours = 20;

    public static TheoryData<string, string, int> Changes { get; } = [
        .. from change in new[]
            {
                ("America/New_York", "2025-03-09T07:00Z"), ("America/New_York", "2025-11-02T06:00Z"),
                ("Europe/Berlin", "2025-03-30T01:00Z"), ("Europe/Berlin", "2025-10-26T01:00Z"),
                ("Australia/Lord_Howe", "2025-04-05T15:00Z"), ("Australia/Lord_Howe", "2025-10-04T15:30Z"),
            }
           from seed in RandomCalendars.Seeds
           select (change.Item1, change.Item2, seed)];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Time_passes_as_counted_minute_by_minute_on_the_wall(string zone, string change, int seed)
    {
        var (random, clock) = (new Random(seed), Clock(zone, change, seed));
        var spans = Enumerable.Range(0, Tries).Select(_ => Ordered(Minute(random, change), Minute(random, change))).ToList();
        var answers = await calendars.World.SecondsAsync(RandomCalendars.Key(zone, seed), spans);
        Assert.All(spans.Zip(answers), s => Assert.True(
            clock.Seconds(s.First.From, s.First.To) == s.Second, $"{zone} seed {seed}: {s.First} is {s.Second}, expected {clock.Seconds(s.First.From, s.First.To)}"));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_deadline_is_the_minute_in_which_enough_have_been_counted(string zone, string change, int seed)
    {
        var (random, clock) = (new Random(seed), Clock(zone, change, seed));
        var starts = Enumerable.Range(0, Tries).Select(i => (From: Minute(random, change), Minutes: i % 10 == 0 ? 0 : random.Next(LongestHours * 60))).ToList();
        var answers = await calendars.World.DeadlinesAsync(RandomCalendars.Key(zone, seed), [.. starts.Select(s => (s.From, s.Minutes * 60L))]);
        Assert.All(starts.Zip(answers), s => Assert.True(
            clock.Deadline(s.First.From, s.First.Minutes) == s.Second, $"{zone} seed {seed}: {s.First} is due {s.Second}, expected {clock.Deadline(s.First.From, s.First.Minutes)}"));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Durations_add_up_and_never_shrink(string zone, string change, int seed)
    {
        var random = new Random(seed);
        var moments = Enumerable.Range(0, Tries).Select(_ => Enumerable.Range(0, 3).Select(_ => Moment(random, change)).Order().ToArray()).ToList();
        var key = RandomCalendars.Key(zone, seed);
        var first = await calendars.World.SecondsAsync(key, [.. moments.Select(m => (m[0], m[1]))]);
        var second = await calendars.World.SecondsAsync(key, [.. moments.Select(m => (m[1], m[2]))]);
        var whole = await calendars.World.SecondsAsync(key, [.. moments.Select(m => (m[0], m[2]))]);
        Assert.Equal(whole, first.Zip(second).Select(s => s.First + s.Second));
        Assert.All(first.Concat(second), s => Assert.True(s >= 0, $"{zone} seed {seed}"));
        Assert.All(moments.Zip(whole), s => Assert.True(s.Second <= (s.First[2] - s.First[0]).TotalSeconds + 1, $"{zone} seed {seed}: {s.First[0]:O} to {s.First[2]:O}"));
        Assert.Contains(whole, s => s > 0);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task By_a_deadline_exactly_its_time_has_passed_and_more_time_is_never_due_earlier(string zone, string change, int seed)
    {
        var random = new Random(seed);
        var starts = Enumerable.Range(0, Tries).Select(_ => (From: Moment(random, change), Seconds: random.NextInt64(LongestHours * 3600))).ToList();
        var key = RandomCalendars.Key(zone, seed);
        var due = await calendars.World.DeadlinesAsync(key, starts);
        var longer = await calendars.World.DeadlinesAsync(key, [.. starts.Select(s => (s.From, s.Seconds + random.Next(7200)))]);
        var later = await calendars.World.DeadlinesAsync(key, [.. starts.Select(s => (s.From.AddMinutes(random.Next(600)), s.Seconds))]);
        var passed = await calendars.World.SecondsAsync(key, [.. starts.Zip(due).Select(s => (s.First.From, s.Second!.Value))]);
        Assert.Equal(starts.Select(s => (long?)s.Seconds), passed);
        Assert.All(due.Zip(longer, later), s => Assert.True(s.First <= s.Second && s.First <= s.Third, $"{zone} seed {seed}: {s}"));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_has_passed_by_a_moment_was_due_at_it_or_when_it_last_was_open(string zone, string change, int seed)
    {
        var (random, clock) = (new Random(seed), Clock(zone, change, seed));
        var spans = Enumerable.Range(0, Tries).Select(_ => Ordered(Minute(random, change), Minute(random, change)))
            .Where(s => clock.Seconds(s.From, s.To) > 0).ToList();
        var due = await calendars.World.DeadlinesAsync(RandomCalendars.Key(zone, seed), [.. spans.Select(s => (s.From, clock.Seconds(s.From, s.To)))]);
        Assert.NotEmpty(spans);
        Assert.All(spans.Zip(due), s => Assert.True(
            s.Second <= s.First.To && clock.Seconds(s.Second!.Value, s.First.To) == 0, $"{zone} seed {seed}: {s.First} is due {s.Second}"));
    }

    private static WallClock Clock(string zone, string change, int seed) =>
        new(RandomCalendars.Facts(zone, seed), Given.At(change).AddDays(-DaysAround - 1), 45);

    private static DateTimeOffset Minute(Random random, string change) =>
        Given.At(change).AddMinutes(random.Next(5) == 0 ? random.Next(-120, 120) : random.Next(-DaysAround * 1440, DaysAround * 1440));

    private static DateTimeOffset Moment(Random random, string change) => Minute(random, change).AddTicks(random.Next(60_000_000) * TimeSpan.TicksPerMicrosecond);

    private static (DateTimeOffset From, DateTimeOffset To) Ordered(DateTimeOffset a, DateTimeOffset b) => a <= b ? (a, b) : (b, a);
}
