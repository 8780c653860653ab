using Followthrough.Analytics.Jobs;
using Npgsql;

namespace Followthrough.Dashboard.Layout;

/// <summary>How new what a page shows is.</summary>
/// <param name="Version">Moves with every change of the ledger.</param>
/// <param name="RefreshedAt">When the ledger was last worked out; null before the first time.</param>
/// <param name="LastBatchAt">When data last came in; null before the first time.</param>
/// <param name="OpenQuarantine">Records that wait for a correction.</param>
/// <param name="WaitingFacts">Of these, facts that name an account nobody knows.</param>
/// <param name="WaitingMatches">Pairs of accounts that may be one customer.</param>
/// <param name="Refreshing">How far the refresh at work is; null when none is.</param>
public sealed record Freshness(long Version, DateTimeOffset? RefreshedAt, DateTimeOffset? LastBatchAt, long OpenQuarantine, long WaitingFacts, long WaitingMatches, WorkDone? Refreshing)
{
    private const string Sql = """
        select version, nullif(refreshed_at, '-infinity'), (select max(committed_at) from batch),
               (select count(*) from quarantine where resolved_at is null),
               (select count(*) from quarantine where resolved_at is null and waiting_for_account is not null),
               (select count(*) from account_match where state = 'waiting'), r.done, r.total
        from ledger_state
        left join lateral (
          select done, total from job_run where job = $1 and outcome = 'running' and total > 0 order by job_run_id desc limit 1
        ) r on true
        """;

    internal static async Task<Freshness> ReadAsync(NpgsqlDataSource db, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(JobCatalogue.LedgerRefresh);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new Freshness(
            row.GetInt64(0),
            await row.GetFieldValueAsync<DateTimeOffset?>(1, cancellation),
            await row.GetFieldValueAsync<DateTimeOffset?>(2, cancellation),
            row.GetInt64(3),
            row.GetInt64(4),
            row.GetInt64(5),
            row.IsDBNull(6) ? null : new WorkDone(row.GetInt64(6), row.GetInt64(7)));
    }

    /// <summary>True when data came in that the ledger does not show yet.</summary>
    public bool IsBehind => LastBatchAt is { } batch && (RefreshedAt is null || RefreshedAt < batch);
}
