using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Reads findings of project audits: all of them for who sees all, else what he or his teams' people have to put right.</summary>
public sealed class FindingReader(NpgsqlDataSource db, TimeProvider clock)
{
    private static readonly string Sql = SqlText.Read(typeof(FindingReader), "ProjectAudits/Findings.sql");

    /// <summary>All that the viewer may see, open ones first, by their date.</summary>
    public Task<IReadOnlyList<AuditFinding>> AllAsync(Viewer viewer, CancellationToken ct) => ReadAsync(viewer, new Asked(null, null, null), ct);

    /// <summary>Those of a quarter's audits; of a fiscal quarter those of the last calendar quarter that was over with it.</summary>
    public Task<IReadOnlyList<AuditFinding>> OfQuarterAsync(Viewer viewer, Period quarter, CancellationToken ct) =>
        ReadAsync(viewer, new Asked(null, null, AuditQuarter.Of(quarter).End.AddDays(-1)), ct);

    /// <summary>Those of one audit.</summary>
    public Task<IReadOnlyList<AuditFinding>> OfCaseAsync(Viewer viewer, long audit, CancellationToken ct) => ReadAsync(viewer, new Asked(audit, null, null), ct);

    /// <summary>One; null when there is none that the viewer may see.</summary>
    public async Task<AuditFinding?> FindAsync(Viewer viewer, long finding, CancellationToken ct) =>
        (await ReadAsync(viewer, new Asked(null, finding, null), ct)).SingleOrDefault();

    private async Task<IReadOnlyList<AuditFinding>> ReadAsync(Viewer viewer, Asked asked, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("case", NpgsqlDbType.Bigint, (object?)asked.Case ?? DBNull.Value);
        command.Parameters.AddWithValue("finding", NpgsqlDbType.Bigint, (object?)asked.Finding ?? DBNull.Value);
        command.Parameters.AddWithValue("quarter", NpgsqlDbType.Date, (object?)asked.Quarter ?? DBNull.Value);
        command.Parameters.AddWithValue("viewer_teams", NpgsqlDbType.Array | NpgsqlDbType.Text, (object?)viewer.Teams?.ToArray() ?? DBNull.Value);
        command.Parameters.AddWithValue("viewer_staff", NpgsqlDbType.Text, (object?)viewer.Staff ?? DBNull.Value);
        command.Parameters.AddWithValue("now", NpgsqlDbType.TimestampTz, clock.GetUtcNow());
        await using var row = await command.ExecuteReaderAsync(ct);
        var findings = new List<AuditFinding>();
        while (await row.ReadAsync(ct)) findings.Add(Finding(row));
        return findings;
    }

    private static AuditFinding Finding(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Case = row.GetInt64(1),
        Account = row.GetString(2),
        AccountName = row.GetString(3),
        CommitmentKey = row.GetString(4),
        Project = row.GetString(5),
        ProjectName = row.GetString(6),
        Quarter = row.GetFieldValue<DateOnly>(7),
        Auditor = row.GetString(8),
        AuditorName = row.GetString(9),
        Source = row.IsDBNull(10) ? null : new FoundIn(row.GetInt64(10), AuditWord.Read<AuditItemSort>(row.GetString(11)), row.GetInt32(12), row.IsDBNull(27) ? null : row.GetString(27), row.GetString(28)),
        Severity = AuditWord.Read<Severity>(row.GetString(13)),
        Words = row.GetString(14),
        Owner = row.GetString(15),
        OwnerName = row.GetString(16),
        DueOn = row.GetFieldValue<DateOnly>(17),
        DueAt = row.GetFieldValue<DateTimeOffset>(18),
        RaisedAt = row.GetFieldValue<DateTimeOffset>(19),
        RaisedBy = row.GetString(20),
        Answer = Said(row, 21),
        Closing = Said(row, 24),
    };

    private static FindingWords? Said(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : new FindingWords(row.GetString(column), row.GetFieldValue<DateTimeOffset>(column + 1), row.GetString(column + 2));

    private sealed record Asked(long? Case, long? Finding, DateOnly? Quarter);
}
