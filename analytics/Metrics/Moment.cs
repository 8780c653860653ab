using System.Globalization;

namespace Followthrough.Analytics.Metrics;

/// <summary>Reads the moments that commands are asked about.</summary>
internal static class Moment
{
    /// <summary>The forms there are, for messages.</summary>
    public const string Forms = "2026-09-30 (the end of that day) or 2026-09-30T18:00:00Z";

    /// <summary>False when the text is no moment. A day stands for its end, as on the screens: all that was known when it was over.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, out DateTimeOffset at)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out at);
        at = new Period(text, day, day.AddDays(1)).Instants(zone).To;
        return true;
    }
}
