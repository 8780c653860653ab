namespace Followthrough.Analytics.Store;

/// <summary>What every command does around its work: open the store, say in one line why it can't, exit with 2 then.</summary>
internal static class StoreCommand
{
    public const int Failed = 2;

    public static async Task<int> RunAsync(Func<AnalyticsStore, Task<int>> work, CancellationToken ct)
    {
        try
        {
            await using var store = await AnalyticsStore.OpenAsync(ct);
            return await work(store);
        }
        catch (StoreException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }
}
