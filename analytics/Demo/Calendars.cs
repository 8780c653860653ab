using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>Business calendars of the regions and the working hours that follow from them.</summary>
internal sealed class Calendars
{
    private readonly Dictionary<string, OpenHours> _hours;
    private readonly (DateOnly Day, string Name)[] _holidays;

    public Calendars(DateOnly anchor)
    {
        _holidays = [.. Enumerable.Range(anchor.Year - 3, 5).SelectMany(Holidays.Of)];
        var days = _holidays.Select(h => h.Day).ToHashSet();
        _hours = Structure.Regions.ToDictionary(r => r.Name, r => new OpenHours(TimeZoneInfo.FindSystemTimeZoneById(r.Zone), days));
    }

    public OpenHours Of(Region region) => _hours[region.Name];

    public void Write(FactFiles files, Timeline timeline)
    {
        var published = timeline.Start.AddDays(-30);
        foreach (var region in Structure.Regions)
        {
            files.Add(new Calendar
            {
                SourceKey = region.CalendarKey,
                OccurredAt = published,
                Name = $"{region.Name} service hours",
                TimeZone = region.Zone,
            });
            WriteHours(files, region, published);
            WriteSpecialDays(files, region, published);
        }
    }

    private static void WriteHours(FactFiles files, Region region, DateTimeOffset published)
    {
        // The Mountain office closes for lunch.
        (int From, int To)[] intervals = region.Code == "MT" ? [(8 * 60, 12 * 60), (13 * 60, 17 * 60)] : [(8 * 60, 17 * 60)];
        for (var weekday = 1; weekday <= 5; weekday++)
        {
            foreach (var (from, to) in intervals)
            {
                files.Add(new CalendarHours
                {
                    SourceKey = $"{region.CalendarKey}-{weekday}-{from}",
                    OccurredAt = published,
                    CalendarKey = region.CalendarKey,
                    Weekday = weekday,
                    OpensMinute = from,
                    ClosesMinute = to,
                });
            }
        }
    }

    private void WriteSpecialDays(FactFiles files, Region region, DateTimeOffset published)
    {
        foreach (var (day, name) in _holidays) files.Add(Special(region, published, day, name, null, null));
        foreach (var year in _holidays.Select(h => h.Day.Year).Distinct())
        {
            var eve = new DateOnly(year, 12, 24);
            if (_hours[region.Name].IsWorkday(eve)) files.Add(Special(region, published, eve, "Christmas Eve", 8 * 60, 12 * 60));
        }
    }

    private static SpecialDay Special(Region region, DateTimeOffset published, DateOnly day, string name, int? opens, int? closes) => new()
    {
        SourceKey = $"{region.CalendarKey}-{Timeline.Compact(day)}",
        OccurredAt = published,
        CalendarKey = region.CalendarKey,
        Day = day,
        Name = name,
        OpensMinute = opens,
        ClosesMinute = closes,
    };
}
