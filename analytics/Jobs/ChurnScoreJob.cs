using System.Globalization;
using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Commitments;
using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>Scores who may leave. That the customers have become others than those learned from is no failure of it, and it says so.</summary>
[DisallowConcurrentExecution]
internal sealed class ChurnScoreJob(ChurnScorer scorer, Ledger ledger, JobRuns runs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await runs.RecordAsync(JobCatalogue.ChurnScore, RunCause.Schedule, ScoreAsync, cancellationToken);

    private async Task<RunResult> ScoreAsync(IProgress<(long Done, long Total)> progress, CancellationToken ct)
    {
        try
        {
            // What is owed is among the features.
            await ledger.RefreshAsync(null, ct);
            var scoring = await scorer.ScoreAsync(ct);
            progress.Report((scoring.Accounts, scoring.Accounts));
            var scored = string.Create(CultureInfo.InvariantCulture, $"{scoring.Accounts:N0} accounts by model {scoring.ModelId}. {scoring.BasisReason}");
            return new RunResult(scoring.Accounts, 0, scoring.LargestDrift >= Spread.Alarm ? $"{ChurnScorer.Alarm(scoring)} Scored were {scored}" : scored);
        }
        catch (ChurnException tooEarly) when (tooEarly.IsTooEarly)
        {
            return new RunResult(0, 0, tooEarly.Message);
        }
    }
}
