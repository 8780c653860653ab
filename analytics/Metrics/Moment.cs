using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Followthrough.Analytics.Metrics;

/// <summary>Reads the moments that commands are asked about.</summary>
internal static class Moment
{
    /// <summary>The forms there are, for messages.</summary>
    public const string Forms = "2026-09-30 (the end of that day) or 2026-09-30T18:00:00Z";

    /// <summary>
    /// False, with the reason, when the text is no moment or one to come. A day stands for its end, as on the screens: all that was known
    /// when it was over; today for what is known now.
    /// </summary>
    public static bool TryRead(string text, TimeZoneInfo zone, DateTimeOffset now, out DateTimeOffset at, [NotNullWhen(false)] out string? refusal)
    {
        refusal = !TryParse(text, zone, now, out at) ? $"'{text}' is no moment; expected {Forms}."
            : at > now ? $"'{text}' is in the future: nobody knows yet what will be known then." : null;
        return refusal is null;
    }

    private static bool TryParse(string text, TimeZoneInfo zone, DateTimeOffset now, out DateTimeOffset at)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day == DateOnly.MaxValue)
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out at);
        var (begins, ends) = new Period(text, day, day.AddDays(1)).Instants(zone);
        at = begins <= now && now < ends ? now : ends;
        return true;
    }
}
