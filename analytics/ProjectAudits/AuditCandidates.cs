using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Who could audit projects, and what binds them to each.</summary>
internal static class AuditCandidates
{
    private static readonly string PeopleSql = SqlText.Read(typeof(AuditCandidates), "ProjectAudits/Auditors.sql");
    private static readonly string TiesSql = SqlText.Read(typeof(AuditCandidates), "ProjectAudits/Ties.sql");

    private static readonly AuditorTies None = new();

    /// <summary>People of ours who sign in with one of the roles, by name.</summary>
    public static async Task<IReadOnlyList<Auditor>> AllAsync(NpgsqlConnection connection, IReadOnlyCollection<string> roles, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(PeopleSql, connection);
        command.Parameters.AddWithValue("roles", roles.ToArray());
        command.Parameters.AddWithValue("now", NpgsqlDbType.TimestampTz, now);
        await using var row = await command.ExecuteReaderAsync(ct);
        var people = new List<Auditor>();
        while (await row.ReadAsync(ct)) people.Add(new Auditor(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)));
        return people;
    }

    /// <summary>For each project, in their order, everybody with what stands against him; an empty list for who is independent.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<AuditorChoice>>> OfAsync(
        NpgsqlConnection connection, IReadOnlyList<AuditedProject> projects, IReadOnlyList<Auditor> people, TimeZoneInfo zone, DateTimeOffset now, CancellationToken ct)
    {
        if (projects.Count == 0) return [];
        var ties = await TiesAsync(connection, projects, people, zone, now, ct);
        return
        [
            .. projects.Select(project => (IReadOnlyList<AuditorChoice>)
            [
                .. people.Select(who => new AuditorChoice(
                    who, Independence.Against(who, project.Unit, ties.GetValueOrDefault((AccountId.Of(project.Account), project.Project, who.Staff), None)))),
            ]),
        ];
    }

    private static async Task<Dictionary<(long, string, string), AuditorTies>> TiesAsync(
        NpgsqlConnection connection, IReadOnlyList<AuditedProject> projects, IReadOnlyList<Auditor> people, TimeZoneInfo zone, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(TiesSql, connection);
        Bind(command, projects);
        command.Parameters.AddWithValue("people", people.Select(who => who.Staff).ToArray());
        command.Parameters.AddWithValue("now", NpgsqlDbType.TimestampTz, now);
        command.Parameters.AddWithValue("from", NpgsqlDbType.TimestampTz, projects.Select(p => AuditQuarter.Ending(p.Quarter).Instants(zone).From).Min());
        command.Parameters.AddWithValue("own", FindingDesk.OwnKey);
        await using var row = await command.ExecuteReaderAsync(ct);
        var ties = new Dictionary<(long, string, string), AuditorTies>();
        while (await row.ReadAsync(ct)) ties[(row.GetInt64(0), row.GetString(1), row.GetString(2))] = Ties(row);
        return ties;
    }

    /// <summary>Names the projects to a statement: ids of their customers and their keys, side by side.</summary>
    internal static void Bind(NpgsqlCommand command, IReadOnlyList<AuditedProject> projects)
    {
        command.Parameters.AddWithValue("accounts", projects.Select(p => AccountId.Of(p.Account)).ToArray());
        command.Parameters.AddWithValue("projects", projects.Select(p => p.Project).ToArray());
    }

    private static AuditorTies Ties(NpgsqlDataReader row) => new()
    {
        Manages = row.GetBoolean(3),
        CostEntries = row.GetInt64(4),
        Hours = row.GetFieldValue<decimal?>(5),
        Communications = row.GetInt64(6),
        Commitments = row.GetInt64(7),
        Credit = row.GetFieldValue<decimal?>(8),
        HasAccount = row.GetBoolean(9),
        LeadsManager = row.GetBoolean(10),
    };
}

/// <summary>Somebody who could audit a project.</summary>
/// <param name="Who">He.</param>
/// <param name="Against">What stands against it; empty when he is independent.</param>
public sealed record AuditorChoice(Auditor Who, IReadOnlyList<string> Against);
