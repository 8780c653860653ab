using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>How many records were rejected for a reason.</summary>
/// <param name="Reason">Stable code.</param>
/// <param name="Count">Open ones; with the settled where those are listed too.</param>
public sealed record ReasonCount(string Reason, long Count)
{
    /// <summary>The code in words.</summary>
    public string Words => Reason.Replace('_', ' ');

    internal static async Task<IReadOnlyList<ReasonCount>> ReadAsync(NpgsqlDataSource db, RejectedScope scope, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("""
            select reason, count(*) from quarantine
            where ($1 or resolved_at is null) and ($2::bigint is null or batch_id = $2)
            group by reason order by 2 desc, 1
            """);
        command.Parameters.AddWithValue(scope.All);
        command.Parameters.AddWithValue(NpgsqlTypes.NpgsqlDbType.Bigint, (object?)scope.Batch ?? DBNull.Value);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var counts = new List<ReasonCount>();
        while (await rows.ReadAsync(cancellation)) counts.Add(new ReasonCount(rows.GetString(0), rows.GetInt64(1)));
        return counts;
    }
}
