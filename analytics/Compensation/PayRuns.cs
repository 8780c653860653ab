using System.Globalization;
using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>Pay runs from draft to lock. Each step is one transaction: whatever dies, a run stands before or after it.</summary>
internal sealed class PayRuns(NpgsqlDataSource db, TimeProvider clock)
{
    private const int LongestWords = 1000;

    /// <summary>Who may approve pay at all. The last of them who has no part in a run takes none: nobody could approve it then.</summary>
    public IReadOnlyList<PayActor> Approvers { get; init; } = [];

    /// <summary>Computes a draft of what a plan pays for a finished period, as known now; its number.</summary>
    /// <exception cref="PayException">There is one already, the period goes on or is none of the plan's, or a later one was run.</exception>
    public async Task<long> PrepareAsync(string plan, string label, PayActor by, CancellationToken ct)
    {
        var versions = await PlanVersion.ReadAsync(db, clock, plan, ct);
        var company = await Company.ReadAsync(db, ct);
        var period = PeriodOf(versions, label);
        if (period.Instants(company.Zone).To > clock.GetUtcNow()) throw new PayException($"{period.Label} is not over yet: what it pays is not known before.");
        var draft = await ComputeAsync(versions, period, null, ct);
        return await InTransactionAsync(async connection =>
        {
            await MayBeginAsync(connection, plan, period, ct);
            var run = await BeginAsync(connection, plan, period, draft, ct);
            await FillAsync(connection, run, draft, ct);
            await PayRunRows.StepAsync(connection, run, PayStepKind.Prepared, by, clock.GetUtcNow(), null, null, ct);
            return run;
        }, ct);
    }

    /// <summary>Computes a draft again, as known now. Releases that were decided in it stay.</summary>
    /// <exception cref="PayException">It is no draft.</exception>
    public async Task RecalculateAsync(long run, PayActor by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var before = await PayRunRows.FindAsync(connection, run, ct) ?? throw new PayException("There is no such pay run.");
        Expect(before, PayRunState.Draft, "computed again");
        await KeepApproverAsync(connection, before, by, "compute it again, you have a hand in preparing it", ct);
        var draft = await ComputeAsync(await PlanVersion.ReadAsync(db, clock, before.Plan, ct), before.Period, run, ct);
        await InTransactionAsync(async inside =>
        {
            var now = await PayRunRows.LockAsync(inside, run, ct);
            Expect(now, PayRunState.Draft, "computed again");
            await KeepApproverAsync(inside, now, by, "compute it again, you have a hand in preparing it", ct);
            await PayRunRows.DoAsync(inside, "update pay_run set as_of = $2, versions = $3 where run_id = $1", ct, run, draft.AsOf, draft.Versions);
            await PayRunRows.DoAsync(inside, "delete from pay_adjustment where run_id = $1", ct, run);
            await PayRunRows.DoAsync(inside, "delete from pay_statement where run_id = $1", ct, run);
            await FillAsync(inside, run, draft, ct);
            await PayRunRows.StepAsync(inside, run, PayStepKind.Recalculated, by, clock.GetUtcNow(), null, null, ct);
            return run;
        }, ct);
    }

    /// <summary>Hands a draft to the managers.</summary>
    /// <exception cref="PayException">It is no draft, or he is the last who could approve it.</exception>
    public Task SendAsync(long run, PayActor by, CancellationToken ct) =>
        MoveAsync(run, PayRunState.Draft, PayRunState.Review, PayStepKind.Sent, by, null, ct);

    /// <summary>Gives a run under review back, with what is wrong with it; who has reviewed does it again.</summary>
    public Task SendBackAsync(long run, PayActor by, string words, CancellationToken ct) =>
        MoveAsync(run, PayRunState.Review, PayRunState.Draft, PayStepKind.SentBack, by, Said(words), ct);

    /// <summary>Ends an open run for good; its period is free for another one.</summary>
    public async Task AbandonAsync(long run, PayActor by, string reason, CancellationToken ct)
    {
        var words = Said(reason);
        await InTransactionAsync(async connection =>
        {
            var before = await PayRunRows.LockAsync(connection, run, ct);
            if (!before.IsOpen) throw new PayException($"This run is {PayRunRows.NameOf(before.State)}; only an open one can be abandoned.");
            await PayRunRows.StepAsync(connection, run, PayStepKind.Abandoned, by, clock.GetUtcNow(), null, words, ct);
            return await PayRunRows.DoAsync(connection, "update pay_run set state = 'abandoned' where run_id = $1", ct, run);
        }, ct);
    }

    /// <summary>Says that the statements in the reviewer's scope are right, his own apart; how many.</summary>
    /// <exception cref="PayException">It is not under review, he prepared it, he is the last who could approve it, or there is nothing left for him.</exception>
    public Task<int> ReviewAsync(long run, PayActor by, PayScope scope, CancellationToken ct) => InTransactionAsync(async connection =>
    {
        var before = await PayRunRows.LockAsync(connection, run, ct);
        Expect(before, PayRunState.Review, "reviewed");
        if ((await PayReviews.HandsAsync(connection, before, ct)).Of(by) == PayHand.Prepared)
            throw new PayException("You had a hand in preparing this run: its statements are reviewed by somebody else.");
        await KeepApproverAsync(connection, before, by, "review it, you do not approve it", ct);
        var count = await PayReviews.AddAsync(connection, run, by, scope, clock.GetUtcNow(), ct);
        return count > 0 ? count : throw new PayException("None of these statements is waiting for your review: your own is reviewed by somebody else.");
    }, ct);

    /// <summary>Takes a reviewer's own reviews of a run under review back; how many statements wait for a review again.</summary>
    /// <exception cref="PayException">It is not under review, or he has reviewed nothing of it.</exception>
    public Task<int> WithdrawAsync(long run, PayActor by, string? words, CancellationToken ct) => InTransactionAsync(async connection =>
    {
        var before = await PayRunRows.LockAsync(connection, run, ct);
        if (before.State != PayRunState.Review) throw new PayException($"This run is {PayRunRows.NameOf(before.State)}; a review is taken back only while it is under review.");
        var count = await PayReviews.WithdrawAsync(connection, run, by, string.IsNullOrWhiteSpace(words) ? null : Said(words), clock.GetUtcNow(), ct);
        return count > 0 ? count : throw new PayException("You have reviewed none of these statements, so there is no review to take back.");
    }, ct);

    /// <summary>Approves a run that was reviewed, and locks it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="by">Who approves.</param>
    /// <param name="seen">What he saw that it pays; null where he did not say.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="PayException">Something stands in the way, or it pays something else than he saw; the message says what.</exception>
    public Task ApproveAsync(long run, PayActor by, decimal? seen, CancellationToken ct) => InTransactionAsync(async connection =>
    {
        var before = await PayRunRows.LockAsync(connection, run, ct);
        if (await PayReviews.ObstacleAsync(connection, before, by, ct) is { } obstacle) throw new PayException(obstacle);
        await PayRunRows.StepAsync(connection, run, PayStepKind.Approved, by, clock.GetUtcNow(), null, null, ct);
        await using var hashes = new NpgsqlCommand("""
            select coalesce(sum(payable), 0), count(*)::int, coalesce(string_agg(hash, E'\n' order by staff_key collate "C"), '') from pay_statement where run_id = $1
            """, connection) { Parameters = { new() { Value = run } } };
        await using var row = await hashes.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        var (total, rows, all) = (row.GetDecimal(0), row.GetInt32(1), row.GetString(2));
        await row.CloseAsync();
        if (seen is { } expected && expected != total)
            throw new PayException(string.Create(CultureInfo.InvariantCulture, $"It was computed again since you looked: it pays {total:N2} and not {expected:N2}. Look at it once more."));
        return await PayRunRows.DoAsync(
            connection, "update pay_run set state = 'locked', control_total = $2, control_rows = $3, hash = $4 where run_id = $1", ct, run, total, rows, PayJson.Hash(all));
    }, ct);

    /// <inheritdoc cref="ApproveAsync(long, PayActor, decimal?, CancellationToken)"/>
    public Task ApproveAsync(long run, PayActor by, CancellationToken ct) => ApproveAsync(run, by, null, ct);

    /// <summary>Decides in a draft that a line held in a locked run is paid; approved with the run, by somebody else.</summary>
    /// <param name="run">The draft.</param>
    /// <param name="staff">Whose.</param>
    /// <param name="ofRun">The locked run.</param>
    /// <param name="component">The line.</param>
    /// <param name="amount">How much; null for what it comes to by its factors.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="ct">Stops it.</param>
    public Task ReleaseAsync(long run, string staff, long ofRun, string component, decimal? amount, string reason, PayActor by, CancellationToken ct)
    {
        var words = Said(reason);
        return InTransactionAsync(async connection =>
        {
            var draft = await PayRunRows.LockAsync(connection, run, ct);
            Expect(draft, PayRunState.Draft, "changed");
            await KeepApproverAsync(connection, draft, by, "release a line with it, you have a hand in preparing it", ct);
            await PayReleases.AddAsync(connection, draft, staff, ofRun, component, amount, words, by, ct);
            await PayRunRows.StepAsync(connection, run, PayStepKind.Released, by, clock.GetUtcNow(), staff, words, ct);
            return run;
        }, ct);
    }

    private async Task<Draft> ComputeAsync(IReadOnlyList<PlanVersion> versions, Period period, long? run, CancellationToken ct)
    {
        await using var computation = await PayComputation.BeginAsync(db, clock, ct);
        return await computation.TogetherAsync(() => ComputeAsync(computation, versions, period, run, ct), ct);
    }

    private async Task<Draft> ComputeAsync(PayComputation computation, IReadOnlyList<PlanVersion> versions, Period period, long? run, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var locked = await PayHistory.LockedAsync(connection, versions[0].Plan.Id, period.Start, ct);
        var plan = PlanVersion.On(versions, period.End.AddDays(-1))?.Plan ?? throw new PayException($"No version of the plan was in force in {period.Label}.");
        var (questions, statements) = await computation.OfAsync(versions, period, PayHistory.Paid(locked, plan, period.Start.Year), ct);
        var lines = (await computation.RestatedAsync(versions, period, locked, ct))
            .Concat(await PayHistory.DisputesAsync(connection, plan.Id, ct))
            .Concat(run is { } draft ? await PayHistory.DecidedAsync(connection, draft, ct) : []);
        return new Draft(computation.AsOf, [.. questions.Versions], PayCarrying.With(statements, questions, [.. lines], locked.Count > 0 ? locked[^1].Statements : []));
    }

    private static Period PeriodOf(IReadOnlyList<PlanVersion> versions, string label)
    {
        var every = versions[^1].Plan.Every;
        return Period.TryParse(label, out var period) && PayPeriods.Of(every, period.Start).Label == period.Label
            ? period
            : throw new PayException($"'{label}' is no {every.ToString().ToLowerInvariant()}, and the plan pays by the {every.ToString().ToLowerInvariant()}; expected for example {PayPeriods.Of(every, new DateOnly(2026, 9, 1)).Label}.");
    }

    private static async Task MayBeginAsync(NpgsqlConnection connection, string plan, Period period, CancellationToken ct)
    {
        var runs = await PayRunRows.OfPlanAsync(connection, plan, ct);
        if (runs.FirstOrDefault(r => r.Period.Label == period.Label) is { } same) throw Taken(plan, period, same.State);
        if (runs.FirstOrDefault(r => r.IsOpen) is { } open) throw new PayException($"The run for {open.Period.Label} is still open: what it pays decides what the next one does. Lock it or abandon it first.");
        if (runs.FirstOrDefault(r => r.Period.Start > period.Start) is { } later)
            throw new PayException($"{later.Period.Label} was run already, so {period.Label} cannot be run any more: what was left over went on to the later one.");
    }

    private async Task KeepApproverAsync(NpgsqlConnection connection, PayRun run, PayActor by, string part, CancellationToken ct)
    {
        if (Approvers.Count > 0 && (await PayReviews.HandsAsync(connection, run, ct)).IsLast(by, Approvers))
            throw new PayException($"You are the only one left who can approve this run. If you {part}, and then nobody can. Leave it to somebody else, or have an administrator add another executive first.");
    }

    private static PayException Taken(string plan, Period period, PayRunState? state) =>
        new($"There is a run of {plan} for {period.Label} already{(state is { } s ? $", {(s == PayRunState.Review ? "under review" : s == PayRunState.Draft ? "as a draft" : "locked")}" : "; somebody else was quicker")}.");

    private static async Task<long> BeginAsync(NpgsqlConnection connection, string plan, Period period, Draft draft, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(
            "insert into pay_run (plan_id, period, from_day, to_day, state, as_of, versions) values ($1, $2, $3, $4, 'draft', $5, $6) returning run_id", connection);
        foreach (var value in new object[] { plan, period.Label, period.Start, period.End, draft.AsOf, draft.Versions }) insert.Parameters.Add(new NpgsqlParameter { Value = value });
        try
        {
            return (long)(await insert.ExecuteScalarAsync(ct))!;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw Taken(plan, period, null);
        }
    }

    private static async Task FillAsync(NpgsqlConnection connection, long run, Draft draft, CancellationToken ct)
    {
        await PayRunRows.WriteAsync(connection, run, draft.Statements, ct);
        await PayRunRows.WriteAdjustmentsAsync(connection, run, draft.Statements, ct);
    }

    private Task<int> MoveAsync(long run, PayRunState from, PayRunState to, PayStepKind step, PayActor by, string? words, CancellationToken ct) => InTransactionAsync(async connection =>
    {
        var before = await PayRunRows.LockAsync(connection, run, ct);
        Expect(before, from, to == PayRunState.Review ? "sent to review" : "sent back");
        if (step == PayStepKind.Sent) await KeepApproverAsync(connection, before, by, "send it, you have a hand in preparing it", ct);
        await PayRunRows.StepAsync(connection, run, step, by, clock.GetUtcNow(), null, words, ct);
        return await PayRunRows.DoAsync(connection, "update pay_run set state = $2 where run_id = $1", ct, run, PayRunRows.NameOf(to));
    }, ct);

    internal static string Said(string words) => string.IsNullOrWhiteSpace(words) ? throw new PayException("Say why: it stays with the run.")
        : words.Length > LongestWords ? throw new PayException(string.Create(CultureInfo.InvariantCulture, $"That is {words.Length} characters; expected at most {LongestWords}.")) : words.Trim();

    private static void Expect(PayRun run, PayRunState state, string what)
    {
        if (run.State != state) throw new PayException($"This run is {PayRunRows.NameOf(run.State)}; only {(state == PayRunState.Review ? "one under review" : "a draft")} can be {what}.");
    }

    private async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var result = await work(connection);
        await transaction.CommitAsync(ct);
        return result;
    }

    private sealed record Draft(DateTimeOffset AsOf, int[] Versions, IReadOnlyList<PayStatement> Statements);
}
