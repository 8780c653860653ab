using System.Globalization;
using Followthrough.Analytics.Editions;
using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>Fails, for all to see, when settled history has moved or an edition is not what was sealed.</summary>
[DisallowConcurrentExecution]
internal sealed class StabilityJob(StabilityCheck check, JobRuns runs) : IJob
{
    private const int Named = 5;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await runs.RecordAsync(JobCatalogue.Stability, RunCause.Schedule, CheckAsync, cancellationToken);

    private async Task<RunResult> CheckAsync(IProgress<(long Done, long Total)> progress, CancellationToken ct)
    {
        var found = await check.RunAsync(progress, ct);
        if (found.Broken.Count > 0) throw new InvalidOperationException(string.Join(' ', found.Broken));
        if (found.Moved.Count > 0)
            throw new InvalidOperationException($"Settled history has moved: {string.Join("; ", found.Moved.Take(Named).Select(Text))}{(found.Moved.Count > Named ? $" and {found.Moved.Count - Named} more" : "")}.");
        return new RunResult(0, 0, string.Create(CultureInfo.InvariantCulture, $"{found.Looked:N0} figures of past months stand as they were"));
    }

    private static string Text(Moved m) => string.Create(CultureInfo.InvariantCulture, $"{m.Metric} of {m.Month} from {m.From?.ToString("0.####", CultureInfo.InvariantCulture) ?? "undefined"} to {m.To?.ToString("0.####", CultureInfo.InvariantCulture) ?? "undefined"}");
}
