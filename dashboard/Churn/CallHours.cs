using System.Globalization;
using Followthrough.Analytics.CallLists;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Churn;

/// <summary>When a customer can be called, by his own clock.</summary>
/// <param name="From">The beginning of the hours that are on now or come next.</param>
/// <param name="To">Their end.</param>
/// <param name="Zone">The customer's zone; the company's where his is not known.</param>
/// <param name="Assumed">True where no hours were promised: nine to five of a weekday.</param>
internal sealed record CallHours(DateTimeOffset From, DateTimeOffset To, TimeZoneInfo Zone, bool Assumed)
{
    private static readonly TimeSpan Opens = TimeSpan.FromHours(9), Closes = TimeSpan.FromHours(17);

    internal static CallHours Of(CallListRow row, PageFrame frame)
    {
        var zone = row.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : frame.Company.Zone;
        if (row.Window is var (from, to)) return new CallHours(from, to, zone, false);
        for (var day = TimeZoneInfo.ConvertTime(frame.Now, zone).Date; ; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || At(day + Closes, zone) <= frame.Now) continue;
            return new CallHours(At(day + Opens, zone), At(day + Closes, zone), zone, true);
        }
    }

    /// <summary>“09:00 to 17:00, 14:10 there now”; with the day when it is another one.</summary>
    internal string InWords(DateTimeOffset now)
    {
        var (from, to, there) = (TimeZoneInfo.ConvertTime(From, Zone), TimeZoneInfo.ConvertTime(To, Zone), TimeZoneInfo.ConvertTime(now, Zone));
        var day = from.Date == there.Date ? "" : from.ToString("ddd ", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{day}{from:HH:mm} to {to:HH:mm}, {there:HH:mm} there now");
    }

    internal bool IsOpen(DateTimeOffset now) => From <= now && now < To;

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
}
