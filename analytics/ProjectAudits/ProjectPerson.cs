using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Somebody who worked on a project in a quarter.</summary>
/// <param name="Staff">Staff key.</param>
/// <param name="Name">His name.</param>
/// <param name="TeamName">His team at the end of the quarter; null without one.</param>
/// <param name="Hours">Recorded for the project in the quarter; null where nobody recorded any.</param>
/// <param name="Communications">With the customer under the project.</param>
/// <param name="Kept">Of what he owed on the project and what was opened in the quarter.</param>
/// <param name="Missed">Of the same.</param>
/// <param name="Pending">Of the same.</param>
public sealed record ProjectPerson(string Staff, string Name, string? TeamName, decimal? Hours, long Communications, long Kept, long Missed, long Pending)
{
    private static readonly string Sql = SqlText.Read(typeof(ProjectPerson), "ProjectAudits/ProjectPeople.sql");

    /// <summary>Kept or missed.</summary>
    public long N => Kept + Missed;

    /// <summary>Share of what was kept; null when nothing was either.</summary>
    public double? Rate => N == 0 ? null : (double)Kept / N;

    /// <summary>95 %, Wilson; null when nothing was kept or missed.</summary>
    public Interval? Interval => Wilson.Of(Kept, N);

    internal static async Task<IReadOnlyList<ProjectPerson>> ReadAsync(NpgsqlDataSource db, AuditedProject project, TimeZoneInfo zone, DateTimeOffset now, CancellationToken ct)
    {
        var (from, to) = AuditQuarter.Ending(project.Quarter).Instants(zone);
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("account", AccountId.Of(project.Account));
        command.Parameters.AddWithValue("project", project.Project);
        command.Parameters.AddWithValue("from", NpgsqlDbType.TimestampTz, from);
        command.Parameters.AddWithValue("to", NpgsqlDbType.TimestampTz, to);
        command.Parameters.AddWithValue("as_of", NpgsqlDbType.TimestampTz, now);
        command.Parameters.AddWithValue("matured", MetricCatalogue.Commitments.Where(m => m.OnlyMatured).Select(m => m.Kind).Distinct().ToArray());
        await using var row = await command.ExecuteReaderAsync(ct);
        var people = new List<ProjectPerson>();
        while (await row.ReadAsync(ct))
            people.Add(new ProjectPerson(
                row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetFieldValue<decimal?>(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7)));
        return people;
    }
}
