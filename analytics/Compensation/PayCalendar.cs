using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>The company's business days: those of the first calendar in its zone; without one, Monday to Friday.</summary>
internal static class PayCalendar
{
    /// <summary>The end of the last of so many business days after the day of an instant.</summary>
    public static async Task<DateTimeOffset> EndAsync(NpgsqlDataSource db, Company company, DateTimeOffset from, int days, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, company.Zone).DateTime);
        await using var command = db.CreateCommand("""
            select day from business_day
            where calendar_key = (select source_key from calendar where not deleted and time_zone = $1 order by source_key limit 1) and is_open and day > $2
            order by day offset $3 limit 1
            """);
        command.Parameters.AddWithValue(company.Zone.Id);
        command.Parameters.AddWithValue(day);
        command.Parameters.AddWithValue(days - 1);
        var last = await command.ExecuteScalarAsync(ct) is DateOnly open ? open : Weekday(day, days);
        return new Period("day", last, last.AddDays(1)).Instants(company.Zone).To;
    }

    private static DateOnly Weekday(DateOnly day, int days)
    {
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) left--;
        }
        return day;
    }
}
