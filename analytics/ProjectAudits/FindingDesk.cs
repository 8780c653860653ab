using Followthrough.Analytics.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>
/// Where findings are raised, answered and closed: by the auditor, by the owner, and by the auditor again. Each call works within the
/// connection's transaction.
/// </summary>
internal sealed class FindingDesk(NpgsqlConnection connection, AuditActor by)
{
    /// <summary>How the keys of the promises begin that findings are.</summary>
    public const string OwnKey = "followthrough:finding-";

    // A finding that has a year is none.
    private const int LongestDays = 365;

    /// <summary>Raises one; its number, and by when it is due.</summary>
    /// <param name="project">An audit of the actor's own, held by <see cref="AuditDesk.MineAsync"/>.</param>
    /// <param name="found">What was found.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="AuditException">Something is not said, the owner is the auditor or nobody, or the date is past or too far.</exception>
    public async Task<(long Finding, DateTimeOffset DueAt, AuditChange Change)> RaiseAsync(AuditedProject project, NewFinding found, CancellationToken ct)
    {
        var audit = project.Case!;
        if (found.Item is { } item && (await AuditItems.OfAsync(connection, audit.Id, ct)).All(i => i.Id != item)) throw new AuditException("That was not drawn.");
        var (words, owner, due) = (AuditActor.Said(found.Words, "What is wrong"), await OwnerAsync(found.Owner, audit, ct), DueOf(found.DueOn));
        await using var insert = new NpgsqlCommand("""
            insert into audit_finding (case_id, item_id, severity, words, owner_key, due_on, due_at, raised_at, raised_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning finding_id
            """, connection);
        insert.Parameters.AddWithValue(audit.Id);
        insert.Parameters.AddWithValue(NpgsqlDbType.Bigint, (object?)found.Item ?? DBNull.Value);
        foreach (var value in new object[] { AuditWord.Of(found.Severity), words, owner, found.DueOn!.Value, due, by.At, by.Name }) insert.Parameters.Add(new NpgsqlParameter { Value = value });
        var id = (long)(await insert.ExecuteScalarAsync(ct))!;
        await AuditSteps.AddAsync(connection, audit.Id, id, AuditStepKind.Raised, by, words, ct);
        return (id, due, new AuditChange(Subject(id, project.CommitmentKey), null, FormattableString.Invariant($"{AuditWord.Of(found.Severity)}, {owner}, by {found.DueOn:yyyy-MM-dd}: {words}")));
    }

    /// <summary>The owner says what was done.</summary>
    /// <exception cref="AuditException">It was answered already, or nothing is said.</exception>
    public async Task<AuditChange> AnswerAsync(AuditFinding finding, string? words, CancellationToken ct)
    {
        var said = AuditActor.Said(words, "What was done");
        if (!await SetAsync(finding, "answer = $2, answered_at = $3, answered_by = $4", "answer is null and closed_at is null", ct, said, by.At, by.Name))
            throw new AuditException("It was answered or closed already.");
        return await StepAsync(finding, AuditStepKind.Answered, FindingState.Answered, said, ct);
    }

    /// <summary>The auditor asks again: what was done is not enough.</summary>
    /// <exception cref="AuditException">There is no answer, or no reason.</exception>
    public async Task<AuditChange> SendBackAsync(AuditFinding finding, string? words, CancellationToken ct)
    {
        var said = AuditActor.Said(words, "What is not enough");
        if (!await SetAsync(finding, "answer = null, answered_at = null, answered_by = null", "answer is not null and closed_at is null", ct))
            throw new AuditException("There is no answer to send back.");
        return await StepAsync(finding, AuditStepKind.SentBack, FindingState.Open, said, ct);
    }

    /// <summary>The auditor has seen that it is in order; never the owner himself.</summary>
    /// <exception cref="AuditException">It is closed, nothing is said, or who closes it owns it.</exception>
    public async Task<AuditChange> CloseAsync(AuditFinding finding, string? words, CancellationToken ct)
    {
        if (finding.Owner == by.Staff) throw new AuditException("Somebody else closes it: the owner does not judge his own work.");
        var said = AuditActor.Said(words, "What was seen");
        if (!await SetAsync(finding, "closing = $2, closed_at = $3, closed_by = $4", "closed_at is null", ct, said, by.At, by.Name)) throw new AuditException("It was closed already.");
        return await StepAsync(finding, AuditStepKind.Closed, FindingState.Closed, said, ct);
    }

    private static string Subject(long finding, string commitment) => FormattableString.Invariant($"finding {finding}, audit of {commitment}");

    private DateTimeOffset DueOf(DateOnly? day)
    {
        if (day is not { } due) throw new AuditException("By when is missing.");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(by.At, by.Zone).DateTime);
        if (due < today) throw new AuditException("The date is past: expected today or later.");
        if (due > today.AddDays(LongestDays)) throw new AuditException($"The date is more than {LongestDays} days away.");
        return new Period("", due, due.AddDays(1)).Instants(by.Zone).To.AddSeconds(-1);
    }

    private async Task<string> OwnerAsync(string? staff, AuditCase audit, CancellationToken ct)
    {
        if (staff == audit.Auditor) throw new AuditException("The auditor cannot own what he found: choose who puts it right.");
        await using var ask = new NpgsqlCommand("select exists (select from staff where source_key = $1 and not deleted and (ended_at is null or ended_at > $2))", connection);
        ask.Parameters.AddWithValue(staff ?? "");
        ask.Parameters.AddWithValue(by.At);
        return (bool)(await ask.ExecuteScalarAsync(ct))! ? staff! : throw new AuditException("There is nobody with that key who could put it right: choose one from the list.");
    }

    private async Task<bool> SetAsync(AuditFinding finding, string change, string where, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand($"update audit_finding set {change} where finding_id = $1 and {where}", connection);
        command.Parameters.AddWithValue(finding.Id);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    private async Task<AuditChange> StepAsync(AuditFinding finding, AuditStepKind kind, FindingState after, string words, CancellationToken ct)
    {
        await AuditSteps.AddAsync(connection, finding.Case, finding.Id, kind, by, words, ct);
        return new AuditChange(Subject(finding.Id, finding.CommitmentKey), AuditWord.Of(finding.State), $"{AuditWord.Of(after)}: {words}");
    }
}

/// <summary>A finding as it is raised.</summary>
/// <param name="Item">The drawn item that shows it; null for the project as a whole.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Words">What is wrong.</param>
/// <param name="Owner">Staff key of who puts it right.</param>
/// <param name="DueOn">By when.</param>
internal sealed record NewFinding(long? Item, Severity Severity, string? Words, string? Owner, DateOnly? DueOn);
