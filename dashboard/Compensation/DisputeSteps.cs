using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>What somebody says when he objects.</summary>
/// <param name="Component">The line; null or empty for the whole statement.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Evidence">What shows it.</param>
public sealed record DisputeWords(string? Component, string? Expected, string? Evidence);

/// <summary>What became of a step of a dispute.</summary>
/// <param name="IsThere">False where the statement or dispute, or the step, is not there for who asked.</param>
/// <param name="Refused">Why it was not done, in a sentence; null when it was.</param>
/// <param name="Dispute">Its number; 0 where there is none.</param>
internal sealed record DisputeOutcome(bool IsThere, string? Refused, long Dispute)
{
    internal static DisputeOutcome Absent { get; } = new(false, null, 0);
}

/// <summary>Objects, answers and decides for somebody, in his scope, by form and by program alike, and keeps who did.</summary>
internal sealed class DisputeSteps(NpgsqlDataSource db, TimeProvider clock, AccessLog log)
{
    /// <summary>Objects to a line. To who merely sees pay, objecting is not there.</summary>
    internal async Task<DisputeOutcome> RaiseAsync(SignedIn who, long run, string staff, DisputeWords words, CancellationToken ct)
    {
        var reader = new PayReader(db);
        if (await reader.StatementAsync(who.Pay with { All = false }, run, staff, ct) is not { } statement) return DisputeOutcome.Absent;
        var line = string.IsNullOrEmpty(words.Component) ? null : words.Component;
        return await DoAsync(async () =>
        {
            var dispute = await new PayDisputes(db, clock).RaiseAsync(who.Pay, statement, line, words.Expected ?? "", words.Evidence ?? "", who.Actor(), ct);
            await log.WriteAsync(who.Viewer.Name, "pay_dispute_raised", FormattableString.Invariant($"dispute {dispute} of {PayLog.Of(statement.Run)}, {statement.Statement.Staff}"), null, line, ct);
            return dispute;
        });
    }

    /// <summary>Answers who objected.</summary>
    internal Task<DisputeOutcome> AnswerAsync(SignedIn who, long dispute, string? words, CancellationToken ct) =>
        ChangeAsync(who, dispute, "answered", (disputes, found) => disputes.AnswerAsync(found, words ?? "", who.Actor(), ct), ct);

    /// <summary>Accepts it with an amount, or with none does not. Who may approve pay, may.</summary>
    /// <param name="who">Who decides.</param>
    /// <param name="dispute">Its number.</param>
    /// <param name="amount">What is paid for it, read only once it is known that he may; throws where it is none.</param>
    /// <param name="words">Why.</param>
    /// <param name="ct">Stops it.</param>
    internal Task<DisputeOutcome> DecideAsync(SignedIn who, long dispute, Func<decimal?> amount, string? words, CancellationToken ct) => !who.May(Right.ApprovePay) ? Task.FromResult(DisputeOutcome.Absent)
        : ChangeAsync(who, dispute, "decided", (disputes, found) => disputes.DecideAsync(found, amount(), words ?? "", who.Actor(), ct), ct);

    private async Task<DisputeOutcome> ChangeAsync(SignedIn who, long dispute, string what, Func<PayDisputes, PayDispute, Task> act, CancellationToken ct)
    {
        var disputes = new PayDisputes(db, clock);
        if (!who.MayReview() || await disputes.FindAsync(who.Pay, dispute, ct) is not { } found) return DisputeOutcome.Absent;
        return await DoAsync(async () =>
        {
            await act(disputes, found);
            var after = await disputes.FindAsync(who.Pay, dispute, ct);
            var said = after?.Accepted switch { true => "accepted", false => "not accepted", null => what };
            await log.WriteAsync(who.Viewer.Name, "pay_dispute_changed", FormattableString.Invariant($"dispute {dispute}, run {found.Run}, {found.Staff}"), null, said, ct);
            return dispute;
        });
    }

    private static async Task<DisputeOutcome> DoAsync(Func<Task<long>> act)
    {
        try
        {
            return new DisputeOutcome(true, null, await act());
        }
        catch (PayException refused)
        {
            return new DisputeOutcome(true, refused.Message, 0);
        }
    }
}
