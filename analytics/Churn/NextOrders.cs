using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Churn;

/// <summary>Reads <c>NextOrders.sql</c>: when customers first ordered after a cut and its gap.</summary>
internal static class NextOrders
{
    private static readonly string Sql = SqlText.Read(typeof(NextOrders), "Churn/NextOrders.sql");

    /// <summary>By cut and account; who did not order is not in it.</summary>
    public static async Task<IReadOnlyDictionary<(DateTimeOffset Cut, long Account), DateTimeOffset>> ReadAsync(
        NpgsqlConnection connection, LabelDefinition label, IReadOnlyList<DateTimeOffset> cuts, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("cuts", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, cuts.ToArray());
        command.Parameters.AddWithValue("gap_days", label.GapDays);
        await using var row = await command.ExecuteReaderAsync(ct);
        var orders = new Dictionary<(DateTimeOffset, long), DateTimeOffset>();
        while (await row.ReadAsync(ct)) orders.Add((row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1)), row.GetFieldValue<DateTimeOffset>(2));
        return orders;
    }
}
