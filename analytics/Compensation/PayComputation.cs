using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>
/// What a plan pays for a period as known now, and what that changes in what was locked before. It reads the ledger as it stands, which
/// the same facts give at any time again, and all of it from one snapshot.
/// </summary>
internal sealed class PayComputation : IAsyncDisposable
{
    // A year of quarters.
    private const int PeriodsRestated = 4;

    private const int MostTries = 300;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);

    private static readonly MetricQuery Everything = new() { Metric = MetricCatalogue.Respond24H.Id, Viewer = Viewer.Everything("pay") };

    private readonly NpgsqlDataSource _db;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _asOf;
    private readonly MetricReader _metrics;
    private readonly PayInputs _inputs;

    private PayComputation(NpgsqlDataSource db, TimeProvider clock, DateTimeOffset asOf)
    {
        (_db, _clock, _asOf, _metrics) = (db, clock, asOf, new MetricReader(db, new Standing(asOf)));
        _inputs = new PayInputs(db, _metrics);
    }

    /// <summary>The moment whose knowledge it states.</summary>
    public DateTimeOffset AsOf => _asOf;

    /// <summary>Brings the ledger up to what is known, and stops the clock.</summary>
    /// <exception cref="PayException">Others are still busy with it.</exception>
    public static async Task<PayComputation> BeginAsync(NpgsqlDataSource db, TimeProvider clock, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            await new Ledger(db, clock).RefreshAsync(null, ct);
            await using var behind = db.CreateCommand("select exists (select from dirty_account)");
            if (!(bool)(await behind.ExecuteScalarAsync(ct))!) break;
            if (tries == MostTries) throw new PayException("Data that came in are still being worked out; try again in a minute.");
            await Task.Delay(Wait, ct);
        }
        var now = clock.GetUtcNow();
        // The database keeps whole microseconds: the moment is to be found again exactly.
        return new PayComputation(db, clock, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)));
    }

    /// <summary>All that <paramref name="work"/> measures, it measures in one snapshot.</summary>
    public Task<T> TogetherAsync<T>(Func<Task<T>> work, CancellationToken ct) where T : class => _metrics.TogetherAsync(Everything, "pay", work, ct);

    /// <summary>The statements of everybody the plan pays, without what came before; of a closed quarter by what was reported of it.</summary>
    public Task<(PayQuestions Questions, IReadOnlyList<PayStatement> Statements)> OfAsync(
        IReadOnlyList<PlanVersion> versions, Period period, IReadOnlyDictionary<string, decimal> paid, CancellationToken ct) =>
        OfAsync(versions, period, paid, asNowKnown: false, ct);

    private async Task<(PayQuestions Questions, IReadOnlyList<PayStatement> Statements)> OfAsync(
        IReadOnlyList<PlanVersion> versions, Period period, IReadOnlyDictionary<string, decimal> paid, bool asNowKnown, CancellationToken ct)
    {
        var plan = PlanVersion.On(versions, period.End.AddDays(-1))?.Plan ?? throw new PayException($"No version of the plan was in force in {period.Label}.");
        var (from, to) = PayPeriods.Measured(plan, period);
        var members = await PayMembership.ReadAsync(_db, plan.Id, from, to, _asOf, ct);
        var questions = PayQuestions.Of(versions, period, _asOf, members, paid);
        var figures = new Dictionary<(int, DateOnly, DateOnly), PayFigures>();
        foreach (var segment in questions.Segments)
            figures[(segment.Version.Version, segment.From, segment.To)] = await _inputs.ReadAsync(segment.Plan, segment.Days, asNowKnown, ct);
        return (questions, PayDraft.Of(questions, figures));
    }

    /// <summary>What is to be paid for locked runs of the plan by what is known now.</summary>
    /// <param name="versions">Of the plan.</param>
    /// <param name="period">Of the run that will pay it.</param>
    /// <param name="locked">Locked runs with their statements and what later ones paid for them so far, the earliest first.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<(string Staff, string Name, StatementAdjustment Line)>> RestatedAsync(
        IReadOnlyList<PlanVersion> versions, Period period, IReadOnlyList<LockedRun> locked, CancellationToken ct)
    {
        var lines = new List<(string, string, StatementAdjustment)>();
        var cumulative = PlanVersion.On(versions, period.End.AddDays(-1))?.Plan.Cumulative == true;
        foreach (var run in locked.TakeLast(PeriodsRestated).Where(run => !cumulative || IsEndOfEarlierYear(run, locked, period)))
        {
            var own = versions.Where(v => run.Run.Versions.Contains(v.Version)).ToList();
            // Nobody was in it, and no version with it: there is nothing to compare by.
            if (own.Count == 0) continue;
            var paid = run.Statements.ToDictionary(s => s.Staff, s => s.Paid);
            var (_, known) = await OfAsync(own, run.Run.Period, paid, asNowKnown: true, ct);
            await using var then = new MetricReader(_db, _clock);
            var changes = new PayRowChanges(_metrics, then, run.Run.AsOf);
            lines.AddRange(await DifferencesAsync(run, known, changes, ct));
        }
        return lines;
    }

    public ValueTask DisposeAsync() => _metrics.DisposeAsync();

    // Within a year the next period pays what the year has earned so far: later knowledge is in it already.
    private static bool IsEndOfEarlierYear(LockedRun run, IReadOnlyList<LockedRun> locked, Period period) =>
        run.Run.Period.Start.Year < period.Start.Year && run == locked.Last(r => r.Run.Period.Start.Year == run.Run.Period.Start.Year);

    private static async Task<List<(string, string, StatementAdjustment)>> DifferencesAsync(
        LockedRun run, IReadOnlyList<PayStatement> known, PayRowChanges changes, CancellationToken ct)
    {
        var (before, after) = (run.Statements.ToDictionary(s => s.Staff), known.ToDictionary(s => s.Staff));
        var paidSince = run.PaidSince.ToLookup(line => line.Staff, line => line.Line);
        var differences = before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .SelectMany(staff => PayDifference.Of(before.GetValueOrDefault(staff), after.GetValueOrDefault(staff), [.. paidSince[staff]]).Select(difference => (Staff: staff, Difference: difference)))
            .ToList();
        var causes = await changes.OfAsync(differences.SelectMany(d => d.Difference.Inputs), ct);
        return
        [
            .. differences.Select(d =>
            {
                var (words, rows) = Cause(d.Difference, causes);
                var name = (after.GetValueOrDefault(d.Staff) ?? before[d.Staff]).StaffName;
                return (d.Staff, name, new StatementAdjustment(d.Difference.Kind, run.Run.Id, run.Run.Period.Label, d.Difference.Component, words, d.Difference.Amount, rows));
            }),
        ];
    }

    private static (string Words, IReadOnlyList<ChangedRow> Rows) Cause(PayDifference difference, IReadOnlyDictionary<ChangedInput, ChangeCause> causes)
    {
        var (words, rows) = (new List<string>(), new List<ChangedRow>());
        if (difference is { Component: null, Inputs.Count: > 0 }) words.Add("cap, floor, pool or rounding of the whole statement");
        if (difference.Words is { } terms) words.Add(terms);
        foreach (var cause in difference.Inputs.Select(input => causes[input]))
        {
            words.Add(cause.Words);
            rows.AddRange(cause.Rows);
        }
        return (words.Count > 0 ? string.Join("; ", words) : "the figures are again what they were when it was locked", [.. rows.Take(5)]);
    }

    // Everything on a statement is judged at one instant.
    private sealed class Standing(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

/// <summary>A locked run with what belongs to it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Statements">As they were locked.</param>
/// <param name="PaidSince">Signed lines of later locked runs that refer to it.</param>
internal sealed record LockedRun(PayRun Run, IReadOnlyList<PayStatement> Statements, IReadOnlyList<(string Staff, StatementAdjustment Line)> PaidSince);
