using Followthrough.Analytics.Jobs;

namespace Followthrough.Dashboard.Startup;

/// <summary>Refreshes the ledger and takes part in the schedule in the dashboard's own process, once the first start is over.</summary>
internal sealed class KeepFresh(Preparation preparation, JobSchedule schedule, LedgerRefresher refresher, DashboardOptions options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await preparation.WhenDone.WaitAsync(stoppingToken);
            if (!options.WithJobs) return;
            await schedule.StartAsync(stoppingToken);
            await refresher.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; what was not refreshed is at the next start.
        }
    }
}
