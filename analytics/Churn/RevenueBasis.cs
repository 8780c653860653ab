using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Churn;

/// <summary>Net revenue of a customer in an average year so far.</summary>
internal sealed record YearlyRevenue(decimal Amount, string Currency);

/// <summary>
/// What the next twelve months are expected to bring of each customer that stays: its yearly average of the last two years, times what
/// those who stayed brought in the last twelve months for each unit of their average before.
/// </summary>
internal sealed class RevenueBasis
{
    private const int FewestStayers = 20;

    private static readonly string Sql =
        $"with revenue_line as (\n{SqlText.Read(typeof(RevenueBasis), "Measures/Shared/revenue_line.sql")}),\n{SqlText.Read(typeof(RevenueBasis), "Churn/RevenueBasis.sql")}";

    private readonly Dictionary<long, YearlyRevenue> _yearly = [];

    /// <summary>1 where too few customers have a year before and after.</summary>
    public decimal Factor { get; private set; } = 1;

    public static async Task<RevenueBasis> ReadAsync(NpgsqlConnection connection, Company company, DateTimeOffset asOf, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("as_of", NpgsqlDbType.TimestampTz, asOf);
        command.Parameters.AddWithValue("zone", company.Zone.Id);
        await using var row = await command.ExecuteReaderAsync(ct);
        var (basis, years) = (new RevenueBasis(), new List<(string Currency, decimal Before, decimal Since)>());
        while (await row.ReadAsync(ct))
        {
            if (row.IsDBNull(1)) continue;
            var currency = row.GetString(1);
            basis._yearly.Add(row.GetInt64(0), new YearlyRevenue(Math.Max(0, row.GetDecimal(2)), currency));
            if (row.GetDecimal(3) > 0 && row.GetDecimal(4) > 0) years.Add((currency, row.GetDecimal(3), row.GetDecimal(4)));
        }
        // One currency, since several are not added up: that of most.
        if (years.GroupBy(y => y.Currency).MaxBy(g => g.Count()) is { } most && most.Count() >= FewestStayers)
            basis.Factor = Math.Round(most.Sum(y => y.Since) / most.Sum(y => y.Before), 4);
        return basis;
    }

    /// <summary>Null where nothing was invoiced, or in currencies that cannot be added up.</summary>
    public YearlyRevenue? Expected(long account) =>
        _yearly.TryGetValue(account, out var yearly) ? yearly with { Amount = Math.Round(yearly.Amount * Factor, 2, MidpointRounding.AwayFromZero) } : null;
}
