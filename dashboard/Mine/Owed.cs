using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Mine;

/// <summary>What is still owed now, by urgency; not all rows of an urgency, but how many there are.</summary>
public sealed record Owed(IReadOnlyList<OwedRow> Rows)
{
    private const int DaysAhead = 7;
    private const int DaysBehind = 30;

    private static readonly string Sql = Owing.Into(SqlText.Read(typeof(Owed), "Mine/Owed.sql"));

    /// <summary>How many there are in all.</summary>
    public long Total => Enum.GetValues<Urgency>().Sum(Count);

    /// <summary>How many are past due, however long.</summary>
    public long Overdue => Count(Urgency.Overdue) + Count(Urgency.Lapsed);

    /// <summary>How many there are of an urgency.</summary>
    public long Count(Urgency urgency) => Rows.FirstOrDefault(r => r.Urgency == urgency)?.Total ?? 0;

    /// <summary>Those of an urgency that were read.</summary>
    public IReadOnlyList<OwedRow> Of(Urgency urgency) => [.. Rows.Where(r => r.Urgency == urgency)];

    /// <summary>What is asked for; the viewer's limits apply to all of it.</summary>
    internal static async Task<Owed> ReadAsync(NpgsqlDataSource db, PageFrame frame, OwedAsked asked, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        AccountScope.Bind(command, frame.Viewer);
        command.Parameters.AddWithValue("account", NpgsqlDbType.Bigint, asked.Account is null ? DBNull.Value : AccountId.Of(asked.Account));
        foreach (var (name, value) in new[] { ("staff", asked.Staff), ("kind", asked.Kind), ("commitment", asked.Commitment) })
            command.Parameters.AddWithValue(name, NpgsqlDbType.Text, (object?)value ?? DBNull.Value);
        command.Parameters.AddWithValue("now", frame.Now);
        command.Parameters.AddWithValue("long_ago", frame.Now.AddDays(-DaysBehind));
        // The day's work is that of the reader's day, wherever the company's ends.
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(frame.Now, frame.Zone).DateTime);
        command.Parameters.AddWithValue("today_ends", EndOf(frame, today));
        command.Parameters.AddWithValue("week_ends", EndOf(frame, today.AddDays(DaysAhead)));
        command.Parameters.AddWithValue("most", (long)asked.Most);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var owed = new List<OwedRow>();
        while (await rows.ReadAsync(ct)) owed.Add(OwedRow.Read(rows));
        return new Owed(owed);
    }

    private static DateTimeOffset EndOf(PageFrame frame, DateOnly day) => new Period("day", day, day.AddDays(1)).Instants(frame.Zone).To;
}

/// <summary>What of all that is owed is asked for; null for all.</summary>
internal sealed record OwedAsked
{
    /// <summary>Source key.</summary>
    internal string? Account { get; init; }

    /// <summary>Staff key of who owes it.</summary>
    internal string? Staff { get; init; }

    internal string? Kind { get; init; }

    /// <summary>Key of the one commitment.</summary>
    internal string? Commitment { get; init; }

    /// <summary>Rows of each urgency.</summary>
    internal required int Most { get; init; }
}
