using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Reads audits of projects and what they found. Who may see them is decided by who asks.</summary>
public sealed class ProjectAuditReader(NpgsqlDataSource db)
{
    /// <summary>How the keys of audit facts begin that were signed off here.</summary>
    internal const string OwnKey = "followthrough:audit-";

    private static readonly string Sql = SqlText.Read(typeof(ProjectAuditReader), "ProjectAudits/Audited.sql");

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Every project that is owed an audit of a quarter, by customer and name; none before the quarter is over.</summary>
    /// <param name="quarter">A calendar quarter; of a fiscal one the last calendar quarter that was over with it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<AuditedProject>> ReadAsync(Period quarter, CancellationToken ct)
    {
        var opened = AuditQuarter.Of(quarter).Instants((await Company.ReadAsync(db, ct)).Zone).To;
        await using var connection = await db.OpenConnectionAsync(ct);
        return await ReadAsync(connection, opened, opened + Day, null, null, ct);
    }

    /// <summary>One; null when the ledger has no such commitment.</summary>
    /// <param name="account">Source key of the customer.</param>
    /// <param name="commitment">Key of the commitment of the kind project_audit.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<AuditedProject?> FindAsync(string account, string commitment, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await FindAsync(connection, account, commitment, ct);
    }

    /// <summary>Everything that is or was owed to one customer, by project.</summary>
    public async Task<IReadOnlyList<AuditedProject>> OfAccountAsync(string account, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await ReadAsync(connection, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, AccountId.Of(account), null, ct);
    }

    /// <summary>The same as a transaction sees it.</summary>
    internal static async Task<AuditedProject?> FindAsync(NpgsqlConnection connection, string account, string commitment, CancellationToken ct) =>
        (await ReadAsync(connection, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, AccountId.Of(account), commitment, ct)).SingleOrDefault();

    private static async Task<IReadOnlyList<AuditedProject>> ReadAsync(
        NpgsqlConnection connection, DateTimeOffset from, DateTimeOffset to, long? account, string? commitment, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddWithValue("from", NpgsqlDbType.TimestampTz, from);
        command.Parameters.AddWithValue("to", NpgsqlDbType.TimestampTz, to);
        command.Parameters.AddWithValue("account", NpgsqlDbType.Bigint, (object?)account ?? DBNull.Value);
        command.Parameters.AddWithValue("commitment", NpgsqlDbType.Text, (object?)commitment ?? DBNull.Value);
        command.Parameters.AddWithValue("own", OwnKey);
        await using var row = await command.ExecuteReaderAsync(ct);
        var projects = new List<AuditedProject>();
        while (await row.ReadAsync(ct)) projects.Add(Project(row));
        return projects;
    }

    private static AuditedProject Project(NpgsqlDataReader row) => new()
    {
        Account = row.GetString(0),
        AccountName = row.GetString(1),
        CommitmentKey = row.GetString(2),
        Project = row.GetString(3),
        ProjectName = row.GetString(4),
        Manager = Text(row, 5),
        ManagerName = Text(row, 6),
        TeamName = Text(row, 7),
        Unit = Text(row, 8),
        Quarter = row.GetFieldValue<DateOnly>(9),
        OpenedAt = row.GetFieldValue<DateTimeOffset>(10),
        DueAt = row.GetFieldValue<DateTimeOffset>(11),
        KeptAt = row.GetFieldValue<DateTimeOffset?>(12),
        Excused = Text(row, 13),
        Case = row.IsDBNull(14) ? null : Case(row),
        Elsewhere = row.IsDBNull(34) ? null : new AuditElsewhere(
            row.GetString(34), row.GetString(35), row.GetString(36), Text(row, 37), row.GetFieldValue<DateTimeOffset>(38), row.GetFieldValue<DateTimeOffset?>(39),
            Text(row, 40), Text(row, 41), row.GetBoolean(42)),
        Work = new AuditedWork(
            row.GetFieldValue<DateTimeOffset?>(43), row.GetFieldValue<DateTimeOffset?>(44), Text(row, 45) is { } contract ? AuditWord.Read<ContractType>(contract) : null,
            row.GetFieldValue<decimal?>(46), row.GetFieldValue<decimal?>(47), Text(row, 48), row.GetFieldValue<DateOnly?>(49)),
    };

    private static AuditCase Case(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(14),
        Auditor = row.GetString(15),
        AuditorName = row.GetString(16),
        AuditorUnit = row.GetString(17),
        AssignedAt = row.GetFieldValue<DateTimeOffset>(18),
        AssignedBy = row.GetString(19),
        Seed = row.GetString(20),
        DrawnAt = row.GetFieldValue<DateTimeOffset>(21),
        Communications = row.GetInt32(22),
        Commitments = row.GetInt32(23),
        SignedAt = row.GetFieldValue<DateTimeOffset?>(24),
        SignedBy = Text(row, 25),
        Rating = Text(row, 26),
        Summary = Text(row, 27),
        Items = row.GetInt64(28),
        Judged = row.GetInt64(29),
        Exceptions = row.GetInt64(30),
        Findings = row.GetInt64(31),
        OpenFindings = row.GetInt64(32),
        HighFindings = row.GetInt64(33),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
