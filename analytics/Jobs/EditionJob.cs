using Followthrough.Analytics.Editions;
using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>Writes the editions that two people have signed.</summary>
[DisallowConcurrentExecution]
internal sealed class EditionJob(ClosingDesk desk, EditionWriter writer, JobRuns runs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await runs.RecordAsync(JobCatalogue.Editions, RunCause.Schedule, WriteAsync, cancellationToken);

    private async Task<RunResult> WriteAsync(IProgress<(long Done, long Total)> progress, CancellationToken ct)
    {
        var signed = await desk.SignedAsync(ct);
        foreach (var closing in signed) await writer.WriteAsync(closing, progress, ct);
        return new RunResult(signed.Count, 0, signed.Count == 0 ? null : string.Join(", ", signed.Select(c => c.Period.Label)));
    }
}
