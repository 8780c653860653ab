using System.Globalization;

namespace Followthrough.Dashboard.Wording;

/// <summary>The times of a schedule as people say them.</summary>
internal static class CronWords
{
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>“every minute”, “hourly at 5 past”, “daily at 02:30”, “every Monday at 02:30”; the expression itself where it has no such words.</summary>
    internal static string Of(string cron) => cron.Split(' ') switch
    {
        ["0", "*", "*", "*", "*", "?"] => "every minute",
        ["0", var step, "*", "*", "*", "?"] when step.StartsWith("0/", StringComparison.Ordinal) && Number(step[2..]) is { } minutes => $"every {minutes} minutes",
        ["0", "0", "*", "*", "*", "?"] => "hourly, on the hour",
        ["0", var minute, "*", "*", "*", "?"] when Number(minute) is { } past => $"hourly at {past} past",
        ["0", var minute, var hour, "*", "*", "?"] when Time(hour, minute) is { } time => $"daily at {time}",
        ["0", var minute, var hour, "?", "*", var day] when Time(hour, minute) is { } time && Array.IndexOf(Days, day) is >= 0 and var weekday =>
            $"every {(DayOfWeek)weekday} at {time}",
        _ => cron,
    };

    private static string? Time(string hour, string minute) =>
        Number(hour) is { } h && Number(minute) is { } m ? string.Create(CultureInfo.InvariantCulture, $"{h:00}:{m:00}") : null;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
