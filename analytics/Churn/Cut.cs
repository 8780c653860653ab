using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Churn;

/// <summary>Features as they were known at an earlier moment: from the facts, and the ledger derived from them, of then.</summary>
internal static class Cut
{
    // The kinds of commitments that the features count.
    private static readonly string[] Kinds = ["respond", "call_back", "promise", "deliver", "resolve_issue"];
    private static readonly string StandIns = SqlText.Read(typeof(Cut), "Churn/StandIns.sql");

    /// <summary>The moment as the database keeps it, in microseconds: what is read back is looked up by it.</summary>
    public static DateTimeOffset AsKept(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    public static async Task<CustomerFeatures> FeaturesAsync(NpgsqlDataSource db, DateTimeOffset at, CancellationToken ct)
    {
        await using var moment = await AsKnown.EnterAsync(db, at, null, ct);
        await moment.LayOutAsync(FactTable.Of<Account>(), ct);
        await using (var standIns = new NpgsqlCommand(StandIns, moment.Connection)) await standIns.ExecuteNonQueryAsync(ct);
        foreach (var kind in Kinds) await moment.DeriveAsync(kind, ct);
        return await CustomerFeatures.ReadAsync(moment.Connection, at, ct);
    }
}
