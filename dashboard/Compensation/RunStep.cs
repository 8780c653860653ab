using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Something that is done to a run, by a form and by a program alike.</summary>
/// <param name="Name">As addresses have it.</param>
/// <param name="Said">As the log has it.</param>
/// <param name="Needs">The right to it; null where reviewing is enough: of a manager for his people, and of who may approve.</param>
/// <param name="Act">Does it.</param>
internal sealed record RunStep(string Name, string Said, Right? Needs, Func<RunStepAsked, CancellationToken, Task> Act)
{
    /// <summary>Every step between a draft and its end.</summary>
    internal static IReadOnlyList<RunStep> All { get; } =
    [
        new("recalculate", "recalculated", Right.PreparePay, (asked, ct) => asked.Runs.RecalculateAsync(asked.Run, asked.By, ct)),
        new("send", "sent to review", Right.PreparePay, (asked, ct) => asked.Runs.SendAsync(asked.Run, asked.By, ct)),
        new("abandon", "abandoned", Right.PreparePay, (asked, ct) => asked.Runs.AbandonAsync(asked.Run, asked.By, asked.Words, ct)),
        new("review", "reviewed", null, (asked, ct) => asked.Runs.ReviewAsync(asked.Run, asked.By, asked.Who.Pay, ct)),
        new("withdraw", "no more reviewed by who reviewed it", null, (asked, ct) => asked.Runs.WithdrawAsync(asked.Run, asked.By, asked.Words, ct)),
        new("send-back", "sent back", null, (asked, ct) => asked.Runs.SendBackAsync(asked.Run, asked.By, asked.Words, ct)),
        new("approve", "approved", Right.ApprovePay, (asked, ct) => asked.Runs.ApproveAsync(asked.Run, asked.By, asked.Total, ct)),
    ];

    internal bool IsOf(SignedIn who) => Needs is { } right ? who.May(right) : who.MayReview();
}

/// <summary>A step that somebody asks for.</summary>
/// <param name="Runs">Takes it.</param>
/// <param name="Run">Of which run.</param>
/// <param name="Who">Who asks.</param>
/// <param name="Words">Why; empty where he does not say.</param>
/// <param name="Total">What he saw that the run pays; null where he does not say.</param>
internal sealed record RunStepAsked(PayRuns Runs, long Run, SignedIn Who, string Words, decimal? Total)
{
    internal PayActor By => Who.Actor();
}

/// <summary>What became of a step.</summary>
/// <param name="IsThere">False where the run, or the step, is not there for who asked.</param>
/// <param name="Refused">Why it was not done, in a sentence; null when it was.</param>
internal sealed record RunStepOutcome(bool IsThere, string? Refused);

/// <summary>Takes steps for somebody, in his scope, and keeps who did.</summary>
internal sealed class RunSteps(NpgsqlDataSource db, TimeProvider clock, AccessLog log)
{
    internal async Task<RunStepOutcome> TakeAsync(RunStep step, SignedIn who, long run, string? words, decimal? total, CancellationToken ct)
    {
        if (!step.IsOf(who) || !who.Pay.SeesOthers || await new PayReader(db).RunAsync(who.Pay, run, ct) is not { } before) return new RunStepOutcome(false, null);
        try
        {
            var runs = new PayRuns(db, clock) { Approvers = await PayUsers.WithAsync(db, Right.ApprovePay, ct) };
            await step.Act(new RunStepAsked(runs, run, who, words ?? "", total), ct);
        }
        catch (PayException refused)
        {
            return new RunStepOutcome(true, refused.Message);
        }
        await log.WriteAsync(
            who.Viewer.Name, "pay_run_changed", PayLog.Of(before.Run), PayWording.State(before.Run.State),
            string.IsNullOrWhiteSpace(words) ? step.Said : $"{step.Said}: {words.Trim()}", ct);
        return new RunStepOutcome(true, null);
    }

    /// <summary>Makes the draft of a plan's period; its number.</summary>
    /// <exception cref="PayException">It cannot be made; the message says why.</exception>
    internal async Task<long> PrepareAsync(SignedIn who, string plan, string period, CancellationToken ct)
    {
        var run = await new PayRuns(db, clock).PrepareAsync(plan, period, who.Actor(), ct);
        await log.WriteAsync(who.Viewer.Name, "pay_run_prepared", FormattableString.Invariant($"pay run {run}, {plan} {period}"), null, "draft", ct);
        return run;
    }
}
