using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Mine;

/// <summary>Something somebody said he did about a commitment.</summary>
/// <param name="Id">By which it is taken back.</param>
/// <param name="Kind">Kind of the commitment.</param>
/// <param name="Account">Source key of the account.</param>
/// <param name="CommitmentKey">With the two, the commitment's identity.</param>
/// <param name="What">What was said.</param>
/// <param name="Reason">Why it was excused; null for the rest.</param>
/// <param name="At">When it was said.</param>
/// <param name="AccountName">Name of the account.</param>
public sealed record RecordedOutcome(
    Guid Id, string Kind, string Account, string CommitmentKey, Outcome What, string? Reason, DateTimeOffset At, string AccountName)
{
    /// <summary>The metric the commitment counts in.</summary>
    public CommitmentMetric Metric => MetricWords.OfKind(Kind);

    private const string Columns = """
        select r.outcome_id, r.kind, a.source_key, r.commitment_key, r.outcome, r.reason, r.recorded_at, a.name, r.fact, r.fact_key, r.record
        from recorded_outcome r
        -- The customer may have been found to be another since.
        left join account_merge m on m.account_id = r.account_id and m.undone_at is null
        join lateral (select source_key, name from account where account_id = coalesce(m.survivor_id, r.account_id) order by source_key limit 1) a on true
        """;

    /// <summary>What a user can still take back, the latest first.</summary>
    internal static async Task<IReadOnlyList<RecordedOutcome>> ReadAsync(NpgsqlDataSource db, string user, DateTimeOffset since, int most, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Columns + " where r.recorded_by = $1 and r.recorded_at >= $2 and r.undone_at is null order by r.recorded_at desc, r.outcome_id desc limit $3");
        command.Parameters.AddWithValue(user);
        command.Parameters.AddWithValue(since);
        command.Parameters.AddWithValue((long)most);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var outcomes = new List<RecordedOutcome>();
        while (await rows.ReadAsync(ct)) outcomes.Add(Read(rows));
        return outcomes;
    }

    /// <summary>Holds one until the transaction ends, with the fact it became; null when there is none that this user can take back.</summary>
    internal static async Task<(RecordedOutcome Outcome, StatedFact Fact)?> TakeAsync(
        NpgsqlConnection connection, Guid id, string user, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            Columns + " where r.outcome_id = $1 and r.recorded_by = $2 and r.recorded_at >= $3 and r.undone_at is null for update of r", connection)
        {
            Parameters = { new() { Value = id }, new() { Value = user }, new() { Value = since } },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        return (Read(row), new StatedFact(FactTable.Find(row.GetString(8))!, row.GetString(9), row.GetString(10)));
    }

    private static RecordedOutcome Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), Enum.Parse<Outcome>(row.GetString(4).Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        row.IsDBNull(5) ? null : row.GetString(5), row.GetFieldValue<DateTimeOffset>(6), row.GetString(7));
}
