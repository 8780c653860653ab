using System.Globalization;
using Followthrough.Analytics.Churn;
using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>Trains challengers of the churn model that serves; whether one takes its place is a person's decision.</summary>
[DisallowConcurrentExecution]
internal sealed class ChurnTrainJob(ChurnTrainer trainer, JobRuns runs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await runs.RecordAsync(JobCatalogue.ChurnTrain, RunCause.Schedule, TrainAsync, cancellationToken);

    private async Task<RunResult> TrainAsync(IProgress<(long Done, long Total)> progress, CancellationToken ct)
    {
        try
        {
            var trained = await trainer.TrainAsync(null, new LabelRequest(), progress, ct);
            var standing = trained.IsChampion ? "serves: it is the first" : "waits for a decision";
            return new RunResult(trained.Models.Count, 0, string.Create(CultureInfo.InvariantCulture, $"Model {trained.Preferred} {standing}. {trained.Note}").TrimEnd());
        }
        catch (ChurnException tooEarly) when (tooEarly.IsTooEarly)
        {
            return new RunResult(0, 0, tooEarly.Message);
        }
    }
}
