using System.Globalization;

namespace Followthrough.Dashboard.Wording;

/// <summary>Instants in a reader's zone, and how far off they are.</summary>
internal static class Moments
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    internal static string Short(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>To the second, with the zone.</summary>
    internal static string Exact(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return zone.Id is "UTC" or "Etc/UTC"
            ? local.ToString("d MMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
            : $"{local.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture)} {zone.Id} ({Offset(local)})";
    }

    private static string Offset(DateTimeOffset local) => local.Offset == TimeSpan.Zero ? "UTC" : $"UTC{local.ToString("zzz", CultureInfo.InvariantCulture)}";

    /// <summary>To the minute, with its offset: where nothing shows the rest on hover.</summary>
    internal static string Zoned(DateTimeOffset at, TimeZoneInfo zone) => $"{Short(at, zone)} {Offset(TimeZoneInfo.ConvertTime(at, zone))}";

    /// <summary>A moment of knowledge: “the end of 30 Sep 2026” where it is a midnight of the company, else the minute.</summary>
    internal static string KnownOn(DateTimeOffset at, TimeZoneInfo company, TimeZoneInfo reader)
    {
        var local = TimeZoneInfo.ConvertTime(at, company);
        return local.TimeOfDay == TimeSpan.Zero ? $"the end of {OnDay(DateOnly.FromDateTime(local.DateTime).AddDays(-1))}" : Short(at, reader);
    }

    internal static string OnDay(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    internal static string Machine(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>“3 h ago”, “in 2 days”.</summary>
    internal static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = at - now;
        if (distance.Duration() < TimeSpan.FromMinutes(1)) return "just now";
        return distance < TimeSpan.Zero ? $"{Span(-distance)} ago" : $"in {Span(distance)}";
    }

    /// <summary>“due in 2 h” or “overdue 3 h”: the chip of a commitment nobody has kept yet.</summary>
    internal static string Countdown(DateTimeOffset due, DateTimeOffset now) =>
        due >= now ? $"due in {Span(due - now)}" : $"overdue {Span(now - due)}";

    /// <summary>A length in its largest sensible unit, cut off and not rounded: “59 min” is never “1 h”. live.js says the same.</summary>
    internal static string Span(TimeSpan length) =>
        length < TimeSpan.FromHours(1) ? $"{(int)length.TotalMinutes}\u00a0min"
        : length < 2 * Day ? $"{(int)length.TotalHours}\u00a0h"
        : $"{(int)length.TotalDays}\u00a0days";
}
