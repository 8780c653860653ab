using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Churn;

/// <summary>Reads what scorings say.</summary>
public sealed class ChurnScores(NpgsqlDataSource db)
{
    private const string ScoringColumns =
        "scoring_id, model_id, as_of, basis, basis_reason, accounts, revenue_factor, drift::text, largest_drift";

    /// <summary>What <see cref="Risk"/> reads, in this order and first in the row.</summary>
    internal const string RiskColumns =
        "account_id, scoring_id, probability, risk_rank, change_since_week, expected_revenue, at_stake, currency, reasons::text";

    /// <summary>The newest scoring; null before the first.</summary>
    public Task<Scoring?> LatestAsync(CancellationToken ct) => LatestAsync(null, ct);

    /// <summary>The newest scoring of then or earlier; null when there was none.</summary>
    public async Task<Scoring?> LatestAsync(DateTimeOffset? at, CancellationToken ct)
    {
        await using var command = db.CreateCommand(
            $"select {ScoringColumns} from churn_scoring where $1::timestamptz is null or as_of <= $1 order by as_of desc, scoring_id desc limit 1");
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, (object?)at ?? DBNull.Value);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Scoring(row) : null;
    }

    /// <summary>Every account of a scoring, or one, the most value at stake first; unknown value last, by rank.</summary>
    /// <param name="scoring">Number of the scoring.</param>
    /// <param name="account">Only this account; null for all.</param>
    /// <param name="limit">How many at most; null for all.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<IReadOnlyList<AccountRisk>> AccountsAsync(long scoring, long? account, int? limit, CancellationToken ct)
    {
        await using var command = db.CreateCommand($"""
            select {RiskColumns} from churn_score
            where scoring_id = $1 and ($2::bigint is null or account_id = $2)
            order by at_stake desc nulls last, risk_rank, account_id limit $3
            """);
        command.Parameters.AddWithValue(scoring);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, (object?)account ?? DBNull.Value);
        command.Parameters.AddWithValue(NpgsqlDbType.Bigint, (object?)limit ?? DBNull.Value);
        await using var row = await command.ExecuteReaderAsync(ct);
        var accounts = new List<AccountRisk>();
        while (await row.ReadAsync(ct)) accounts.Add(Risk(row));
        return accounts;
    }

    private static Scoring Scoring(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        ModelId = row.GetInt64(1),
        AsOf = row.GetFieldValue<DateTimeOffset>(2),
        Basis = Enum.Parse<ListBasis>(row.GetString(3), ignoreCase: true),
        BasisReason = row.GetString(4),
        Accounts = row.GetInt64(5),
        RevenueFactor = row.GetDecimal(6),
        Drift = ChurnJson.Read<Dictionary<string, double>>(row.GetString(7)),
        LargestDrift = row.GetDouble(8),
    };

    internal static AccountRisk Risk(NpgsqlDataReader row) => new()
    {
        AccountId = row.GetInt64(0),
        ScoringId = row.GetInt64(1),
        Probability = row.GetDouble(2),
        RiskRank = row.GetDouble(3),
        ChangeSinceWeek = row.IsDBNull(4) ? null : row.GetDouble(4),
        ExpectedRevenue = row.IsDBNull(5) ? null : row.GetDecimal(5),
        AtStake = row.IsDBNull(6) ? null : row.GetDecimal(6),
        Currency = row.IsDBNull(7) ? null : row.GetString(7),
        Reasons = ChurnJson.Read<List<RiskReason>>(row.GetString(8)),
    };
}
