namespace Followthrough.Analytics.Demo;

/// <summary>When people of a region are at work: weekdays 8 to 17 local time, not on holidays.</summary>
internal sealed class OpenHours(TimeZoneInfo zone, IReadOnlySet<DateOnly> holidays)
{
    private const double Opens = 8, Closes = 17;

    /// <summary>Local day and hour as an instant; whole seconds.</summary>
    public DateTimeOffset At(DateOnly day, double hour)
    {
        var local = day.ToDateTime(TimeOnly.MinValue).AddSeconds(Math.Round(hour * 3600));
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public (DateOnly Day, double Hour) Local(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return (DateOnly.FromDateTime(local.DateTime), local.TimeOfDay.TotalHours);
    }

    public bool IsWorkday(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day);

    /// <summary>The instant after that many working hours.</summary>
    public DateTimeOffset Add(DateTimeOffset at, double hours)
    {
        var (day, hour) = Local(at);
        while (true)
        {
            hour = Math.Max(hour, Opens);
            if (IsWorkday(day) && hour < Closes)
            {
                if (hours <= Closes - hour) return At(day, hour + hours);
                hours -= Closes - hour;
            }

            day = day.AddDays(1);
            hour = Opens;
        }
    }

    /// <summary>A time at which somebody works, within a working day of <paramref name="near"/> and not before it.</summary>
    public DateTimeOffset Sometime(DateTimeOffset near, DemoRandom random)
    {
        var (day, _) = Local(near);
        var hour = random.Real(Opens, Closes);
        while (!IsWorkday(day) || At(day, hour) < near) day = day.AddDays(1);
        return At(day, hour);
    }
}
