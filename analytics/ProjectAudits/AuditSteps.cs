using Npgsql;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>What was done to an audit or a finding.</summary>
public enum AuditStepKind { Assigned, SignedOff, Reopened, Raised, Answered, SentBack, Closed }

/// <summary>Who did what to an audit, and when.</summary>
/// <param name="Kind">What.</param>
/// <param name="Finding">To which finding; null for the audit as a whole.</param>
/// <param name="At">When.</param>
/// <param name="By">Sign-in name.</param>
/// <param name="Words">What was said with it.</param>
public sealed record AuditStep(AuditStepKind Kind, long? Finding, DateTimeOffset At, string By, string Words)
{
    /// <summary>Said of an auditor who was assigned by himself.</summary>
    internal const string Himself = " (the same person)";

    /// <summary>Whether somebody gave himself the audit.</summary>
    public bool IsToHimself => Kind == AuditStepKind.Assigned && Words.Contains(Himself, StringComparison.Ordinal);
}

/// <summary>The history of audits: only added to.</summary>
internal static class AuditSteps
{
    public static async Task<IReadOnlyList<AuditStep>> OfAsync(NpgsqlDataSource db, long audit, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select step, finding_id, at, by_name, words from audit_step where case_id = $1 order by step_id");
        command.Parameters.AddWithValue(audit);
        await using var row = await command.ExecuteReaderAsync(ct);
        var steps = new List<AuditStep>();
        while (await row.ReadAsync(ct))
            steps.Add(new AuditStep(AuditWord.Read<AuditStepKind>(row.GetString(0)), row.GetFieldValue<long?>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.GetString(4)));
        return steps;
    }

    public static async Task AddAsync(NpgsqlConnection connection, long audit, long? finding, AuditStepKind kind, AuditActor by, string words, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("insert into audit_step (case_id, finding_id, step, at, by_name, words) values ($1, $2, $3, $4, $5, $6)", connection);
        foreach (var value in new object?[] { audit, finding, AuditWord.Of(kind), by.At, by.Name, words }) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
