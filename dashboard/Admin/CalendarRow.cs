using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>A weekly interval of a calendar, or a day that replaces it.</summary>
/// <param name="Fact">Its fact's table.</param>
/// <param name="Key">Its key.</param>
/// <param name="Weekday">1 Monday to 7 Sunday; null for a special day.</param>
/// <param name="Day">The special day; null for a weekly interval.</param>
/// <param name="Name">What the day is called; null when it has no name.</param>
/// <param name="Opens">Local minute of the day; null when closed all day.</param>
/// <param name="Closes">Local minute of the day, exclusive; null when closed all day.</param>
/// <param name="From">First day it holds; null for always.</param>
/// <param name="To">First day it no longer holds; null for ever.</param>
public sealed record OpenTime(string Fact, string Key, int? Weekday, DateOnly? Day, string? Name, int? Opens, int? Closes, DateOnly? From, DateOnly? To);

/// <summary>A calendar as the figures use it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Zone">IANA zone of its hours.</param>
/// <param name="Times">Its weekly hours, then its special days, the latest first.</param>
public sealed record CalendarRow(string Key, string Name, string Zone, IReadOnlyList<OpenTime> Times)
{
    private static readonly string Sql = SqlText.Read(typeof(CalendarRow), "Admin/Calendars.sql");

    internal static async Task<IReadOnlyList<CalendarRow>> ReadAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        await using var row = await command.ExecuteReaderAsync(ct);
        var calendars = new List<(CalendarRow Calendar, List<OpenTime> Times)>();
        while (await row.ReadAsync(ct))
        {
            if (calendars.Count == 0 || calendars[^1].Calendar.Key != row.GetString(0))
            {
                var times = new List<OpenTime>();
                calendars.Add((new CalendarRow(row.GetString(0), row.GetString(1), row.GetString(2), times), times));
            }
            if (!row.IsDBNull(3)) calendars[^1].Times.Add(Time(row));
        }
        return [.. calendars.Select(calendar => calendar.Calendar)];
    }

    private static OpenTime Time(NpgsqlDataReader row) => new(
        row.GetString(3), row.GetString(4), row.GetFieldValue<int?>(5), row.GetFieldValue<DateOnly?>(6), row.IsDBNull(7) ? null : row.GetString(7),
        row.GetFieldValue<int?>(8), row.GetFieldValue<int?>(9), row.GetFieldValue<DateOnly?>(10), row.GetFieldValue<DateOnly?>(11));
}
