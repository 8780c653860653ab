using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;

namespace Followthrough.Ingest.Drafting;

/// <summary>The installation's database, for commands that also work where there is none.</summary>
internal static class Installation
{
    /// <summary>The store; null where none was ever made, or where it can't be asked now, which is said.</summary>
    public static async Task<AnalyticsStore?> OpenAsync(CancellationToken ct)
    {
        var isThere = !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(AnalyticsStore.ConnectionVariable)) || Directory.Exists(DataFolder.Default().Postgres);
        if (!isThere) return null;
        try
        {
            return await AnalyticsStore.OpenAsync(ct);
        }
        catch (StoreException away)
        {
            await Console.Error.WriteLineAsync($"What the installation knows can't be used: {away.Message}");
            return null;
        }
    }

    /// <summary>The company's zone; null where there is no installation to ask.</summary>
    public static async Task<TimeZoneInfo?> ZoneAsync(CancellationToken ct)
    {
        await using var store = await OpenAsync(ct);
        return store is null ? null : (await Company.ReadAsync(store.DataSource, ct)).Zone;
    }
}
