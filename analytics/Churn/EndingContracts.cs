using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Churn;

/// <summary>The first contract of a customer to end after a cut and its gap, and whether it was renewed by what is known.</summary>
internal sealed record EndingContract(DateTimeOffset EndsAt, bool Renewed);

/// <summary>Reads <c>Contracts.sql</c>.</summary>
internal static class EndingContracts
{
    private static readonly string Sql = SqlText.Read(typeof(EndingContracts), "Churn/Contracts.sql");

    /// <summary>By cut and account.</summary>
    public static async Task<IReadOnlyDictionary<(DateTimeOffset Cut, long Account), EndingContract>> ReadAsync(
        NpgsqlConnection connection, LabelDefinition label, IReadOnlyList<DateTimeOffset> cuts, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue("cuts", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, cuts.ToArray());
        command.Parameters.AddWithValue("gap_days", label.GapDays);
        command.Parameters.AddWithValue("grace_days", label.GraceDays);
        await using var row = await command.ExecuteReaderAsync(ct);
        var contracts = new Dictionary<(DateTimeOffset, long), EndingContract>();
        while (await row.ReadAsync(ct))
            contracts.Add((row.GetFieldValue<DateTimeOffset>(0), row.GetInt64(1)), new EndingContract(row.GetFieldValue<DateTimeOffset>(2), row.GetBoolean(3)));
        return contracts;
    }
}
