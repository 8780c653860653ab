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
            // The Mountain office closes for lunch.
            (int From, int To)[] day = region.Code == "MT" ? [(8 * 60, 12 * 60), (13 * 60, 17 * 60)] : [(8 * 60, 17 * 60)];
            Write(files, region, region.CalendarKey, $"{region.Name} service hours", published, weekday => weekday < 6 ? day : []);
            Write(files, region, region.LongHoursKey, $"{region.Name} long hours", published, weekday => weekday < 6 ? [(7 * 60, 20 * 60)] : [(8 * 60, 12 * 60)]);
        }
    }

    private void Write(
        FactFiles files, Region region, string key, string name, DateTimeOffset published, Func<int, IReadOnlyList<(int From, int To)>> hours)
    {
        files.Add(new Calendar { SourceKey = key, OccurredAt = published, Name = name, TimeZone = region.Zone });
        for (var weekday = 1; weekday <= 6; weekday++)
        {
            foreach (var (from, to) in hours(weekday))
            {
                files.Add(new CalendarHours
                {
                    SourceKey = $"{key}-{weekday}-{from}",
                    OccurredAt = published,
                    CalendarKey = key,
                    Weekday = weekday,
                    OpensMinute = from,
                    ClosesMinute = to,
                });
            }
        }

        foreach (var (day, holiday) in _holidays) files.Add(Special(key, published, day, holiday, null, null));
        foreach (var year in _holidays.Select(h => h.Day.Year).Distinct())
        {
            var eve = new DateOnly(year, 12, 24);
            if (_hours[region.Name].IsWorkday(eve)) files.Add(Special(key, published, eve, "Christmas Eve", 8 * 60, 12 * 60));
        }
    }

    private static SpecialDay Special(string calendar, DateTimeOffset published, DateOnly day, string name, int? opens, int? closes) => new()
    {
        SourceKey = $"{calendar}-{Timeline.Compact(day)}",
        OccurredAt = published,
        CalendarKey = calendar,
        Day = day,
        Name = name,
        OpensMinute = opens,
        ClosesMinute = closes,
    };
}
