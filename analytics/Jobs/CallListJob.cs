using Followthrough.Analytics.CallLists;
using Followthrough.Analytics.Churn;
using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>Makes the next of every call list that is made weekly, and closes the one before.</summary>
[DisallowConcurrentExecution]
internal sealed class CallListJob(CallListStore lists, JobRuns runs) : IJob
{
    private const string By = "schedule";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await runs.RecordAsync(JobCatalogue.CallLists, RunCause.Schedule, MakeAsync, cancellationToken);

    private async Task<RunResult> MakeAsync(IProgress<(long Done, long Total)> progress, CancellationToken ct)
    {
        try
        {
            var made = await lists.RepeatAsync(By, ct);
            progress.Report((made, made));
            return new RunResult(made, 0, null);
        }
        catch (ChurnException tooEarly) when (tooEarly.IsTooEarly)
        {
            return new RunResult(0, 0, tooEarly.Message);
        }
    }
}
