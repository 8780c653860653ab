using Followthrough.Analytics.Facts;
using Calendar = Followthrough.Analytics.Facts.Calendar;

namespace Followthrough.Tests.Analytics.Calendars;

/// <summary>Business time the slow way: looks at the clock on the wall in every minute of a stretch and asks whether that minute is open.</summary>
internal sealed class WallClock
{
    private readonly ILookup<int, CalendarHours> _hours;
    private readonly ILookup<DateOnly, SpecialDay> _specials;
    private readonly DateTimeOffset _start;

    // How many minutes were open before each minute of the stretch.
    private readonly int[] _before;

    internal WallClock(IReadOnlyList<Fact> facts, DateTimeOffset start, int days)
    {
        _hours = facts.OfType<CalendarHours>().ToLookup(h => h.Weekday);
        _specials = facts.OfType<SpecialDay>().ToLookup(s => s.Day);
        _start = start;
        _before = new int[days * 24 * 60 + 1];
        var zone = TimeZoneInfo.FindSystemTimeZoneById(facts.OfType<Calendar>().Single().TimeZone);
        for (var minute = 0; minute < _before.Length - 1; minute++)
            _before[minute + 1] = _before[minute] + (IsOpen(TimeZoneInfo.ConvertTime(start.AddMinutes(minute), zone).DateTime) ? 1 : 0);
    }

    internal long Seconds(DateTimeOffset from, DateTimeOffset to) => (_before[Minute(to)] - _before[Minute(from)]) * 60L;

    /// <summary>The end of the minute that is the so manieth open one; of none, the beginning of the next that is.</summary>
    internal DateTimeOffset Deadline(DateTimeOffset from, int minutes)
    {
        var minute = Minute(from);
        var opened = _before[minute] + Math.Max(minutes, 1);
        while (_before[minute + 1] < opened) minute++;
        return _start.AddMinutes(minutes == 0 ? minute : minute + 1);
    }

    private bool IsOpen(DateTime wall)
    {
        var today = DateOnly.FromDateTime(wall);
        var minute = wall.Hour * 60 + wall.Minute;
        return Intervals(today).Any(i => i.Opens <= minute && minute < Until(i))
            || Intervals(today.AddDays(-1)).Any(i => i.Opens <= minute + 1440 && minute + 1440 < Until(i));
    }

    private static int Until((int Opens, int Closes) interval) => interval.Closes > interval.Opens ? interval.Closes : interval.Closes + 1440;

    private IEnumerable<(int Opens, int Closes)> Intervals(DateOnly day) => _specials.Contains(day)
        ? _specials[day].Where(s => s.OpensMinute is not null).Select(s => (s.OpensMinute!.Value, s.ClosesMinute!.Value))
        : _hours[day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek]
            .Where(h => (h.ValidFrom is null || h.ValidFrom <= day) && (h.ValidTo is null || day < h.ValidTo))
            .Select(h => (h.OpensMinute, h.ClosesMinute));

    private int Minute(DateTimeOffset at) => (int)(at - _start).TotalMinutes;
}
