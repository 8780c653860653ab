using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Calendars;

/// <summary>Calendars with every oddity, laid out once for all tests: overlaps, nights, special days, hours that end; from printed seeds.</summary>
public sealed class RandomCalendars : IAsyncLifetime
{
    internal static readonly string[] Zones = ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe"];
    internal static readonly int[] Seeds = [11, 12, 13, 14];

    internal World World { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        World = await World.CreateAsync();
        await World.LayOutAsync([.. from zone in Zones from seed in Seeds from fact in Facts(zone, seed) select fact]);
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    internal static string Key(string zone, int seed) => $"{zone}#{seed}";

    internal static IReadOnlyList<Fact> Facts(string zone, int seed)
    {
        var random = new Random(seed);
        var key = Key(zone, seed);
        var facts = new List<Fact> { Given.Calendar(key, zone) };
        for (var weekday = 1; weekday <= 7; weekday++)
            for (var i = random.Next(weekday > 5 ? 0 : 1, 4); i > 0; i--)
                facts.Add(Hours(key, weekday, random.Next(96) * 15, random.Next(1, 97) * 15, facts.Count));
        // The clocks change on Sundays before four.
        facts.Add(Hours(key, 7, random.Next(16) * 10, 160 + random.Next(16) * 10, facts.Count));
        facts.Add(Hours(key, 7, random.Next(240), random.Next(1, 240), facts.Count));
        facts.Add(Hours(key, 3, 540, 1020, facts.Count) with { ValidFrom = new DateOnly(2025, 3, 12), ValidTo = new DateOnly(2025, 11, 5) });
        for (var day = new DateOnly(2025, 2, 20); day.Year == 2025; day = day.AddDays(random.Next(3, 12)))
            facts.Add(random.Next(2) == 0 ? Closed(key, day) : Closed(key, day) with { OpensMinute = random.Next(1440), ClosesMinute = random.Next(1, 1441) });
        return facts;
    }

    private static CalendarHours Hours(string calendar, int weekday, int opens, int closes, int number) =>
        Given.Hours(calendar, weekday, 0, 0) with
        {
            SourceKey = string.Create(CultureInfo.InvariantCulture, $"{calendar}/{number}"),
            OpensMinute = opens,
            ClosesMinute = closes,
        };

    private static SpecialDay Closed(string calendar, DateOnly day) => Given.SpecialDay(calendar, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
