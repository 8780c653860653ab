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

    private static readonly string Sql = Owing.Into(SqlText.Read(typeof(Owed), "Mine/Owed.sql"));

    /// <summary>How many there are in all.</summary>
    public long Total => Enum.GetValues<Urgency>().Sum(Count);

    /// <summary>How many there are of an urgency.</summary>
    public long Count(Urgency urgency) => Rows.FirstOrDefault(r => r.Urgency == urgency)?.Total ?? 0;

    /// <summary>Those of an urgency that were read.</summary>
    public IReadOnlyList<OwedRow> Of(Urgency urgency) => [.. Rows.Where(r => r.Urgency == urgency)];

    /// <summary>What an account, a person or both are about; the viewer's limits apply to all.</summary>
    /// <param name="db">The database.</param>
    /// <param name="frame">Who asks and what now is; days end in the company's zone.</param>
    /// <param name="account">Source key; null for every account.</param>
    /// <param name="staff">Staff key; null for everybody.</param>
    /// <param name="kind">Kind of commitment; null for all.</param>
    /// <param name="most">Rows to read of each urgency.</param>
    /// <param name="ct">Stops the reading.</param>
    internal static async Task<Owed> ReadAsync(NpgsqlDataSource db, PageFrame frame, string? account, string? staff, string? kind, int most, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        AccountScope.Bind(command, frame.Viewer);
        command.Parameters.AddWithValue("account", NpgsqlDbType.Bigint, account is null ? DBNull.Value : AccountId.Of(account));
        command.Parameters.AddWithValue("staff", NpgsqlDbType.Text, (object?)staff ?? DBNull.Value);
        command.Parameters.AddWithValue("kind", NpgsqlDbType.Text, (object?)kind ?? DBNull.Value);
        command.Parameters.AddWithValue("now", frame.Now);
        command.Parameters.AddWithValue("today_ends", EndOf(frame, frame.Today));
        command.Parameters.AddWithValue("week_ends", EndOf(frame, frame.Today.AddDays(DaysAhead)));
        command.Parameters.AddWithValue("most", (long)most);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var owed = new List<OwedRow>();
        while (await rows.ReadAsync(ct)) owed.Add(OwedRow.Read(rows));
        return new Owed(owed);
    }

    private static DateTimeOffset EndOf(PageFrame frame, DateOnly day) => new Period("day", day, day.AddDays(1)).Instants(frame.Company.Zone).To;
}
