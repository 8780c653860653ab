using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Followthrough.Dashboard.Wording;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Who can take which part in an open run, said before somebody takes one that leaves nobody to approve it.</summary>
/// <param name="Waits">By whom it can be reviewed and approved, in sentences.</param>
/// <param name="Part">What it means that the viewer takes a part in it; null where it means nothing to him, who may not approve it anyway.</param>
/// <param name="IsLast">Whether the viewer is the only one left who can approve it, so that no part is his to take.</param>
/// <param name="IsPreparer">Whether the viewer had a hand in preparing it, and so reviews none of it.</param>
/// <param name="Reviewed">How many statements the viewer has reviewed, which he can take back.</param>
public sealed record RunParts(IReadOnlyList<string> Waits, string? Part, bool IsLast, bool IsPreparer, int Reviewed)
{
    private const int MostNames = 5;

    private const string AddApprover = "an administrator adds an executive under Admin, Users";

    private static readonly string Sql = SqlText.Read(typeof(RunParts), "Compensation/RunReviewers.sql")
        .Replace("{reviewed}", PayReviews.IsReviewed("s"), StringComparison.Ordinal);

    /// <summary>Of a run that is closed.</summary>
    internal static RunParts None { get; } = new([], null, false, false, 0);

    internal static async Task<RunParts> ReadAsync(PageFrame frame, NpgsqlDataSource db, PayRunView run, CancellationToken ct)
    {
        if (!run.Run.IsOpen) return None;
        var hands = await new PayReader(db).HandsAsync(run.Run, ct);
        var approvers = await PayUsers.WithAsync(db, Right.ApprovePay, ct);
        var (who, isLast) = (frame.Actor(), hands.IsLast(frame.Actor(), approvers));
        // Who is paid by the plan is said to who sees all pay only.
        string[] waits = frame.Who.Pay.All
            ? [.. run.Run.State == PayRunState.Review && run.Unreviewed > 0 ? Reviewing(await ReviewersAsync(db, run.Run, ct), hands, approvers) : [], .. Approving(hands, approvers)]
            : ["Then somebody approves it who neither prepared nor reviewed it and whom the plan does not pay."];
        return new RunParts(waits, PartOf(who, hands, approvers), isLast, hands.Of(who) == PayHand.Prepared, hands.ReviewsOf(who));
    }

    /// <summary>Who can approve it as it stands, and why the others cannot.</summary>
    internal static IReadOnlyList<string> Approving(PayHands hands, IReadOnlyList<PayActor> approvers)
    {
        var free = hands.Free(approvers);
        var others = approvers.Except(free).Select(a => $"{a.Name} {PayWording.Hand(hands.Of(a))}").ToList();
        string[] reasons = others.Count == 0 ? [] : [$"Not by who has a part in it: {string.Join(", ", others)}."];
        return free.Count > 0
            ? [$"Then it can be approved by {Names(free)}.", .. reasons]
            : [$"Nobody can approve it yet: {AddApprover}.", .. reasons];
    }

    /// <summary>What it means that somebody takes a part: that he does not approve, and who still can. Null for who could not approve anyway.</summary>
    internal static string? PartOf(PayActor who, PayHands hands, IReadOnlyList<PayActor> approvers)
    {
        if (!hands.Free(approvers).Any(a => a.Is(who))) return null;
        var left = hands.FreeWithout(who, approvers);
        return left.Count > 0
            ? $"If you send it, compute it again, release a line with it or review it, you do not approve it: then {Names(left)} still can."
            : $"You are the only one left who can approve it. Whoever prepares or reviews it does not approve it, so no part in it is yours to take before: leave it to others, or {AddApprover} first.";
    }

    /// <summary>Who could approve what somebody prepares, said before he does; whom the plan pays cannot either.</summary>
    internal static string LeftWithout(PayActor who, IReadOnlyList<PayActor> approvers)
    {
        var left = new PayHands([], new HashSet<string>()).FreeWithout(who, approvers);
        return left.Count > 0
            ? $"Who makes the draft neither reviews nor approves it: then {Names(left)} can approve, unless the plan pays them."
            : $"Who makes the draft does not approve it, and nobody else may: before it can be locked, {AddApprover}.";
    }

    /// <summary>Who of those who may review can: not who prepared it, and not the last who could approve it.</summary>
    internal static IReadOnlyList<string> Reviewing(IReadOnlyList<(PayActor Who, long Statements)> reviewers, PayHands hands, IReadOnlyList<PayActor> approvers)
    {
        var able = reviewers.Where(r => hands.Of(r.Who) != PayHand.Prepared && !hands.IsLast(r.Who, approvers)).ToList();
        if (able.Count == 0) return ["Nobody can review them yet: an administrator gives managers their teams under Admin, Users, or adds another executive."];
        var named = string.Join(", ", able.Take(MostNames).Select(r => $"{r.Who.Name} ({Figures.Count(r.Statements)})"));
        return [$"They can be reviewed by {named}{(able.Count > MostNames ? $" and {Figures.Count(able.Count - MostNames)} more" : "")}."];
    }

    private static string Names(IReadOnlyList<PayActor> people) => string.Join(" or ", people.Select(p => p.Name));

    private static async Task<IReadOnlyList<(PayActor Who, long Statements)>> ReviewersAsync(NpgsqlDataSource db, PayRun run, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("run", run.Id);
        command.Parameters.AddWithValue("roles", Rights.RolesWith(Right.ApprovePay).Intersect(Rights.RolesWith(Right.SeePay)).ToArray());
        command.Parameters.AddWithValue("manager", Role.Manager);
        await using var row = await command.ExecuteReaderAsync(ct);
        var reviewers = new List<(PayActor, long)>();
        while (await row.ReadAsync(ct))
            reviewers.Add((new PayActor(row.GetString(0), row.GetGuid(1), await row.IsDBNullAsync(2, ct) ? null : row.GetString(2)), row.GetInt64(3)));
        return reviewers;
    }
}
