using Followthrough.Analytics.Jobs;

namespace Followthrough.Dashboard.Startup;

/// <summary>Refreshes the ledger in the dashboard's own process, once the first start is over.</summary>
internal sealed class KeepFresh(Preparation preparation, LedgerRefresher refresher) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await preparation.WhenDone.WaitAsync(stoppingToken);
        await refresher.RunAsync(stoppingToken);
    }
}
