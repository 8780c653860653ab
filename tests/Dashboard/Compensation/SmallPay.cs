using Followthrough.Analytics.Compensation;
using Followthrough.Tests.Analytics.Compensation;
using Npgsql;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>
/// A plan that pays the small company's two people monthly for answering, and its run of July, locked by three people at the moment that
/// the pages call now: S1 kept both of two and earns 1,000 EUR, S2 had nobody to answer and is held.
/// </summary>
internal static class SmallPay
{
    internal const string Plan = "small-answering";

    internal static readonly string Document = PaidCompany.Answering
        .Replace("plan: answering", $"plan: {Plan}", StringComparison.Ordinal).Replace("name: Answering", "name: Small answering", StringComparison.Ordinal);

    private static readonly PayActor Preparer = new("payroll", Guid.NewGuid(), null);
    private static readonly PayActor Reviewer = new("reviewer of pay", Guid.NewGuid(), null);
    private static readonly PayActor Approver = new("approver of pay", Guid.NewGuid(), null);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The plan and its members.</summary>
    internal static async Task PlanAsync(NpgsqlDataSource db)
    {
        var clock = new StoppedClock(SmallCompany.Now);
        await using var connection = await db.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await new PayPlanStore(db, clock).AppendAsync(connection, Document, "EUR", new DateOnly(2026, 7, 1), "payroll", "the first", 0, Ct);
        foreach (var staff in new[] { "hr:S1", "hr:S2" }) await new PayMembers(db, clock).AddAsync(connection, Plan, staff, new DateOnly(2026, 7, 1), null, null, "payroll", Ct);
        await transaction.CommitAsync(Ct);
    }

    /// <summary>The locked run of July; its number.</summary>
    internal static async Task<long> LockAsync(NpgsqlDataSource db)
    {
        await PlanAsync(db);
        var runs = new PayRuns(db, new StoppedClock(SmallCompany.Now));
        var run = await runs.PrepareAsync(Plan, "2026-07", Preparer, Ct);
        await runs.SendAsync(run, Preparer, Ct);
        await runs.ReviewAsync(run, Reviewer, PayScope.Everything("reviewer of pay"), Ct);
        await runs.ApproveAsync(run, Approver, Ct);
        return run;
    }

    /// <summary>Somebody objects to the statement of a person; the dispute's number.</summary>
    internal static async Task<long> DisputeAsync(NpgsqlDataSource db, long run, string staff)
    {
        var clock = new StoppedClock(SmallCompany.Now);
        var statement = (await new PayReader(db).StatementAsync(PayScope.Everything("test"), run, staff, Ct))!;
        return await new PayDisputes(db, clock).RaiseAsync(
            new PayScope("himself", false, [], staff), statement, "answered", "all answered", "the mails of July", new PayActor($"user of {staff}", Guid.NewGuid(), staff), Ct);
    }
}
