using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Churn;

/// <summary>What the churn commands do around their work: say in words why it cannot be done, and exit with 1 then.</summary>
internal static class ChurnCommand
{
    public static Task<int> RunAsync(Func<AnalyticsStore, Task<int>> work, CancellationToken ct) => StoreCommand.RunAsync(async store =>
    {
        try
        {
            return await work(store);
        }
        catch (ChurnException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }, ct);
}
