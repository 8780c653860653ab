using System.Globalization;
using Followthrough.Analytics.Rollups;
using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>Counts some cells of the roll-ups again and fails, for all to see, when one differs from the ledger.</summary>
[DisallowConcurrentExecution]
internal sealed class RollupAuditJob(RollupAuditor auditor, JobRuns runs) : IJob
{
    private const int Cells = 500;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await runs.RecordAsync(JobCatalogue.RollupAudit, RunCause.Schedule, AuditAsync, cancellationToken);

    private async Task<RunResult> AuditAsync(IProgress<(long Done, long Total)> progress, CancellationToken ct)
    {
        var audit = await auditor.AuditAsync(Cells, ct);
        progress.Report((audit.Cells, audit.Cells));
        var found = string.Create(CultureInfo.InvariantCulture, $"{audit.Mismatches:N0} of {audit.Cells:N0} cells differ from the ledger");
        return audit.Mismatches == 0 ? new RunResult(0, 0, found)
            : throw new InvalidOperationException($"{found}. Run 'analytics rebuild' and report it: roll-ups follow the ledger in one transaction and never differ.");
    }
}
