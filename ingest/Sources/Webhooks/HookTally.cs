using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary>A system whose webhooks are taken, and what came of them.</summary>
/// <param name="Source">The system.</param>
/// <param name="LastAt">When it last sent something that was taken; null before the first.</param>
/// <param name="Deliveries">Bodies taken, each counted once.</param>
/// <param name="Rows">Rows they became.</param>
/// <param name="Taken">Of these, new or changed facts.</param>
/// <param name="Rejected">Of these, in quarantine at first.</param>
public sealed record HookTally(HookSource Source, DateTimeOffset? LastAt, long Deliveries, long Rows, long Taken, long Rejected)
{
    private static readonly string Sql = SqlText.Read(typeof(HookTally), "Sources/Webhooks/HookTally.sql");

    /// <summary>Every source, by name.</summary>
    public static async Task<IReadOnlyList<HookTally>> ReadAsync(NpgsqlDataSource db, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(now);
        await using var row = await command.ExecuteReaderAsync(ct);
        var tallies = new List<HookTally>();
        while (await row.ReadAsync(ct))
            tallies.Add(new HookTally(
                HookSource.Read(row), row.GetFieldValue<DateTimeOffset?>(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12)));
        return tallies;
    }
}
