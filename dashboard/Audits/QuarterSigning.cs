using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Jobs;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;

namespace Followthrough.Dashboard.Audits;

/// <summary>Signs quarters, by page or by program: on record, and written down as soon as both have signed.</summary>
internal sealed class QuarterSigning(ClosingDesk desk, JobSchedule schedule, AccessLog log)
{
    /// <summary>The first signature.</summary>
    /// <exception cref="ClosingException">It can't be closed so.</exception>
    internal async Task<Closing> FirstAsync(SignedIn who, Period quarter, string? reason, IReadOnlyDictionary<Check, string> overrides, CancellationToken ct)
    {
        var closing = await desk.SignAsync(quarter, SignerOf(who), reason, overrides, ct);
        await log.WriteAsync(who.Viewer.Name, LoggedAction.QuarterSigned, $"{quarter.Label}, first signature", null, $"as known at {closing.CutOff:O}", ct);
        return closing;
    }

    /// <summary>The second signature, after which the quarter is written down.</summary>
    /// <exception cref="ClosingException">There is nothing to sign, or the same person signed first.</exception>
    internal async Task<Closing> SecondAsync(SignedIn who, string quarter, CancellationToken ct)
    {
        var closing = await desk.SignSecondAsync(quarter, SignerOf(who), ct);
        await log.WriteAsync(who.Viewer.Name, LoggedAction.QuarterSigned, $"{quarter}, second signature", null, $"as known at {closing.CutOff:O}", ct);
        await schedule.RunNowAsync(JobCatalogue.Editions, ct);
        return closing;
    }

    /// <summary>Takes the first signature back.</summary>
    /// <exception cref="ClosingException">There is none.</exception>
    internal async Task WithdrawAsync(SignedIn who, string quarter, CancellationToken ct)
    {
        if (!await desk.WithdrawAsync(quarter, SignerOf(who), ct)) throw new ClosingException("There is no first signature to take back.");
        await log.WriteAsync(who.Viewer.Name, LoggedAction.SignatureWithdrawn, quarter, null, null, ct);
    }

    /// <summary>Closes that wait for a signature he may give; none for who may not close.</summary>
    internal async Task<IReadOnlyList<Closing>> WaitingForAsync(SignedIn who, CancellationToken ct) => who.May(Right.Close) ? await desk.WaitingForAsync(SignerOf(who), ct) : [];

    private static Signer SignerOf(SignedIn who) => new(who.Id, who.Viewer.Name, who.StaffKey);
}
