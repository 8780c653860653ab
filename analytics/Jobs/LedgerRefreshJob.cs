using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>The refresh that waits for no word of a change.</summary>
[DisallowConcurrentExecution]
internal sealed class LedgerRefreshJob(LedgerRefresher refresher) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await refresher.RefreshAsync(RunCause.Schedule, cancellationToken);
}
