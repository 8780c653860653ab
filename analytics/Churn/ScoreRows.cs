using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Churn;

/// <summary>The statements that write a scoring, within its transaction.</summary>
internal static class ScoreRows
{
    // A little less than a week, so that nightly scorings which start some minutes apart are compared with their own weekday.
    private static readonly TimeSpan Week = TimeSpan.FromDays(6.5);

    public static async Task<long> BeginAsync(NpgsqlConnection connection, Scoring scoring, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            insert into churn_scoring (model_id, as_of, basis, basis_reason, accounts, revenue_factor, drift, largest_drift, scored_at)
            values (@model, @as_of, @basis, @reason, @accounts, @factor, @drift, @largest, @now)
            returning scoring_id
            """, connection);
        var p = command.Parameters;
        p.AddWithValue("model", scoring.ModelId);
        p.AddWithValue("as_of", scoring.AsOf);
        p.AddWithValue("basis", scoring.Basis.ToString().ToLowerInvariant());
        p.AddWithValue("reason", scoring.BasisReason);
        p.AddWithValue("accounts", scoring.Accounts);
        p.AddWithValue("factor", scoring.RevenueFactor);
        p.AddWithValue("drift", NpgsqlDbType.Jsonb, ChurnJson.Write(scoring.Drift));
        p.AddWithValue("largest", scoring.LargestDrift);
        p.AddWithValue("now", now);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Probabilities of the newest scoring that is about a week older, or more.</summary>
    public static async Task<IReadOnlyDictionary<long, double>> BeforeAsync(NpgsqlConnection connection, DateTimeOffset asOf, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select account_id, probability from churn_score
            where scoring_id = (select scoring_id from churn_scoring where as_of <= $1 order by as_of desc, scoring_id desc limit 1)
            """, connection);
        command.Parameters.AddWithValue(asOf - Week);
        await using var row = await command.ExecuteReaderAsync(ct);
        var before = new Dictionary<long, double>();
        while (await row.ReadAsync(ct)) before.Add(row.GetInt64(0), row.GetDouble(1));
        return before;
    }

    public static Task<NpgsqlBinaryImporter> CopyAsync(NpgsqlConnection connection, CancellationToken ct) => connection.BeginBinaryImportAsync("""
        copy churn_score (account_id, scoring_id, probability, risk_rank, change_since_week, expected_revenue, at_stake, currency, reasons) from stdin (format binary)
        """, ct);

    /// <summary>Forgets the accounts of scorings from before; that they were, and what they drifted, stays.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            delete from churn_score where scoring_id in (select scoring_id from churn_scoring where as_of < $1)
            """, connection);
        command.Parameters.AddWithValue(before);
        await command.ExecuteNonQueryAsync(ct);
    }
}
