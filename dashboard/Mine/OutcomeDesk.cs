using Followthrough.Analytics.Facts;
using Followthrough.Dashboard.Data;
using Followthrough.Ingest.Loading;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Mine;

/// <summary>
/// Takes in what people say they did, as facts that come through the same loader as any other: one kept file, one batch, the ledger told.
/// </summary>
internal sealed class OutcomeDesk(NpgsqlDataSource db, KeptFiles kept, TimeProvider clock)
{
    /// <summary>For how long an outcome can be taken back.</summary>
    internal static readonly TimeSpan Undoable = TimeSpan.FromMinutes(15);

    /// <summary>Writes an outcome; false when somebody was faster and the ledger is about to show it.</summary>
    internal async Task<bool> RecordAsync(OwedRow row, Outcome outcome, string? reason, string staff, string user, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two clicks at once: the second waits here, then finds the first.
        await using (var gate = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 53))", connection) { Parameters = { new() { Value = row.Id } } })
            await gate.ExecuteNonQueryAsync(ct);
        if (await IsDealtWithAsync(connection, row, ct)) return false;
        await WriteDownAsync(connection, row.Addressed, outcome, reason, staff, user, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        await StatedFact.CatchUpAsync(db, row.Account, ct);
        return true;
    }

    /// <summary>Writes what came of calls that a list asked for, all or none of them; one customer may be tried more than once.</summary>
    internal async Task RecordAsync(IReadOnlyList<(Addressed Call, Outcome Outcome, string? Reason, DateTimeOffset At)> calls, string staff, string user, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var (call, outcome, reason, at) in calls) await WriteDownAsync(connection, call, outcome, reason, staff, user, at, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Takes an outcome back; null when it is not this user's, was taken back before, or is too old.</summary>
    internal async Task<RecordedOutcome?> UndoAsync(Guid id, string user, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await RecordedOutcome.TakeAsync(connection, id, user, now - Undoable, ct) is not var (outcome, fact)) return null;
        var batch = await OutcomeFact.Undone(fact).LoadAsync(connection, kept, user, now, ct);
        await using var undo = new NpgsqlCommand("update recorded_outcome set undone_at = $2, undone_batch_id = $3 where outcome_id = $1", connection)
        {
            Parameters = { new() { Value = id }, new() { Value = now }, new() { Value = batch } },
        };
        await undo.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        await StatedFact.CatchUpAsync(db, outcome.Account, ct);
        return outcome;
    }

    private async Task WriteDownAsync(
        NpgsqlConnection connection, Addressed about, Outcome outcome, string? reason, string staff, string user, DateTimeOffset at, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var fact = OutcomeFact.Of(id, outcome, reason, about, staff, at);
        var batch = await fact.LoadAsync(connection, kept, user, now, ct);
        await WriteAsync(connection, new RecordedOutcome(id, about.Kind, about.Account, about.Key, outcome, reason, now, about.AccountName), fact, batch, staff, user, ct);
    }

    private static async Task<bool> IsDealtWithAsync(NpgsqlConnection connection, OwedRow row, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand("""
            select not exists (
                select from commitment
                where account_id = $1 and kind = $2 and commitment_key = $3 and fulfilled_at is null and excused_at is null)
              or exists (
                select from recorded_outcome r join dirty_account using (account_id)
                where account_id = $1 and kind = $2 and commitment_key = $3 and undone_at is null)
            """, connection)
        {
            Parameters = { new() { Value = AccountId.Of(row.Account) }, new() { Value = row.Kind }, new() { Value = row.CommitmentKey } },
        };
        return (bool)(await ask.ExecuteScalarAsync(ct))!;
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection, RecordedOutcome outcome, StatedFact fact, long batch, string staff, string user, CancellationToken ct)
    {
        await using var write = new NpgsqlCommand("""
            insert into recorded_outcome (outcome_id, account_id, kind, commitment_key, outcome, reason, fact, fact_key, record, batch_id, staff_key, recorded_by, recorded_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """, connection)
        {
            Parameters =
            {
                new() { Value = outcome.Id }, new() { Value = AccountId.Of(outcome.Account) }, new() { Value = outcome.Kind }, new() { Value = outcome.CommitmentKey },
                new() { Value = FactTable.Snake(outcome.What.ToString()) }, new() { Value = (object?)outcome.Reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = fact.Table.Name }, new() { Value = fact.Key }, new() { Value = fact.Record }, new() { Value = batch },
                new() { Value = staff }, new() { Value = user }, new() { Value = outcome.At },
            },
        };
        await write.ExecuteNonQueryAsync(ct);
    }
}
