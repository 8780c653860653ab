using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Data;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>
/// Does to audits what people ask for: the change, its entry in the log and the fact it becomes in one transaction, and then waits for the
/// ledger, so that the page that follows shows what came of it.
/// </summary>
internal sealed class AuditActs(NpgsqlDataSource db, KeptFiles kept, AccessLog log, TimeProvider clock)
{
    internal Task AssignAsync(SignedIn who, Company company, AuditedProject project, string staff, CancellationToken ct) =>
        DoAsync(who, company, LoggedAction.AuditChanged, async (connection, by) => [await new AuditDesk(connection, by).AssignAsync(project, staff, ct)], ct);

    internal Task AssignAllAsync(SignedIn who, Company company, IReadOnlyList<AuditedProject> quarter, AuditFilter which, CancellationToken ct) =>
        DoAsync(who, company, LoggedAction.AuditChanged, (connection, by) => new AuditDesk(connection, by).AssignAllAsync(quarter, which.Fits, ct), ct);

    internal Task JudgeAsync(SignedIn who, Company company, AuditedProject project, long item, AuditVerdict verdict, string? words, CancellationToken ct) =>
        DoAsync(who, company, LoggedAction.AuditChanged, async (connection, by) => [await new AuditDesk(connection, by).JudgeAsync(project, item, verdict, words, ct)], ct);

    internal async Task SignAsync(SignedIn who, Company company, AuditedProject project, string? summary, CancellationToken ct)
    {
        await DoAsync(who, company, LoggedAction.AuditChanged, async (connection, by) =>
        {
            var (signed, change) = await new AuditDesk(connection, by).SignAsync(project, summary, ct);
            await AuditFacts.Of(signed, by.At).LoadAsync(connection, kept, by.Name, by.At, ct);
            return [change];
        }, ct);
        await StatedFact.CatchUpAsync(db, project.Account, ct);
    }

    internal async Task ReopenAsync(SignedIn who, Company company, AuditedProject project, string? reason, CancellationToken ct)
    {
        await DoAsync(who, company, LoggedAction.AuditChanged, async (connection, by) =>
        {
            var (reopened, change) = await new AuditDesk(connection, by).ReopenAsync(project, reason, ct);
            await AuditFacts.Of(reopened, by.At).LoadAsync(connection, kept, by.Name, by.At, ct);
            return [change];
        }, ct);
        await StatedFact.CatchUpAsync(db, project.Account, ct);
    }

    internal async Task RaiseAsync(SignedIn who, Company company, AuditedProject project, NewFinding found, CancellationToken ct)
    {
        await DoAsync(who, company, LoggedAction.FindingChanged, async (connection, by) =>
        {
            var mine = await new AuditDesk(connection, by).MineAsync(project, ct);
            var (finding, due, change) = await new FindingDesk(connection, by).RaiseAsync(mine, found, ct);
            var fix = new PromisedFix(finding, mine.Account, mine.Project, found.Words!.Trim(), found.Owner!, mine.Case!.Auditor, by.At, due, null);
            await AuditFacts.Of(fix).LoadAsync(connection, kept, by.Name, by.At, ct);
            return [change];
        }, ct);
        await StatedFact.CatchUpAsync(db, project.Account, ct);
    }

    internal Task AnswerAsync(SignedIn who, Company company, AuditFinding finding, string? words, CancellationToken ct) =>
        DoAsync(who, company, LoggedAction.FindingChanged, async (connection, by) => [await new FindingDesk(connection, by).AnswerAsync(finding, words, ct)], ct);

    internal Task SendBackAsync(SignedIn who, Company company, AuditFinding finding, string? words, CancellationToken ct) =>
        DoAsync(who, company, LoggedAction.FindingChanged, async (connection, by) => [await new FindingDesk(connection, by).SendBackAsync(finding, words, ct)], ct);

    internal async Task CloseAsync(SignedIn who, Company company, AuditFinding finding, string? words, CancellationToken ct)
    {
        await DoAsync(who, company, LoggedAction.FindingChanged, async (connection, by) =>
        {
            var change = await new FindingDesk(connection, by).CloseAsync(finding, words, ct);
            var fix = new PromisedFix(
                finding.Id, finding.Account, finding.Project, finding.Words, finding.Owner, finding.Auditor, finding.RaisedAt, finding.DueAt, finding.Answer?.At ?? by.At);
            await AuditFacts.Of(fix).LoadAsync(connection, kept, by.Name, by.At, ct);
            return [change];
        }, ct);
        await StatedFact.CatchUpAsync(db, finding.Account, ct);
    }

    private async Task DoAsync(
        SignedIn who, Company company, string action, Func<NpgsqlConnection, AuditActor, Task<IReadOnlyList<AuditChange>>> act, CancellationToken ct)
    {
        var by = new AuditActor(who.Viewer.Name, who.StaffKey, clock.GetUtcNow(), company.Zone, Rights.RolesWith(Right.Audit));
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var change in await act(connection, by)) await log.WriteAsync(connection, by.Name, action, change.Subject, change.Before, change.After, ct);
        await transaction.CommitAsync(ct);
    }
}
