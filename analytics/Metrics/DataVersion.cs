using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>Which data an answer rests on: as long as it is the same, so is the answer to the same question at the same moment.</summary>
public static class DataVersion
{
    // What figures rest on, without the clock.
    private const string Parts = """
        version, (select max(batch_id) from batch), (select company::text from company),
        (select max(scoring_id) from churn_scoring), (select max(approval_id) from churn_approval),
        (select max(target_id) from metric_target), (select count(*) from metric_target where replaced_at is not null), (select count(*) from scorecard),
        (select max(edition_id) from edition)
        """;

    /// <summary>Of answers about now; one text.</summary>
    internal const string Now = $"select concat_ws('|', refreshed_at, settled_until, {Parts}) from ledger_state";

    private const string Content = $"select concat_ws('|', {Parts}) from ledger_state";

    // What is learned now changes nothing of what was known then; history, what was read again or waited, and merged customers do.
    private const string Then = """
        select concat_ws('|', (select concat(count(*), '/', max(batch_id)) from batch where backfill or replay_of is not null),
          (select max(resolved_at) from quarantine), (select concat(max(account_merge_id), '/', count(undone_at)) from account_merge),
          (select company::text from company), case when $1 then (select max(batch_id) from batch) end)
        """;

    /// <summary>Of answers about now: moves with every batch, refresh, scoring and change of the company's settings, of the model that serves, of a target or a scorecard, and with each closed quarter.</summary>
    public static Task<string> OfNowAsync(NpgsqlDataSource db, CancellationToken ct) => ReadAsync(db, Now, ct);

    /// <summary>Of what is said to be of one moment: moves with the data, and not with the clock alone.</summary>
    public static Task<string> OfContentAsync(NpgsqlDataSource db, CancellationToken ct) => ReadAsync(db, Content, ct);

    /// <summary>Of answers about an earlier moment.</summary>
    /// <param name="db">Where the data are.</param>
    /// <param name="isRecent">Whether what is being loaded may have begun before that moment.</param>
    /// <param name="ct">Stops waiting.</param>
    internal static async Task<string> OfThenAsync(NpgsqlDataSource db, bool isRecent, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Then);
        command.Parameters.AddWithValue(isRecent);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<string> ReadAsync(NpgsqlDataSource db, string sql, CancellationToken ct)
    {
        await using var command = db.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
