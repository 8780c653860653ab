using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>What another text of a plan would pay whom it pays, beside what it pays as it is.</summary>
/// <param name="Period">A finished one, or the running one as far as it has come.</param>
/// <param name="People">By name.</param>
public sealed record PlanTrial(Period Period, IReadOnlyList<TrialLine> People)
{
    /// <summary>Sum of what is paid as it is.</summary>
    public decimal Before => People.Sum(l => l.Before);

    /// <summary>Sum of what is paid as tried.</summary>
    public decimal After => People.Sum(l => l.After);

    /// <summary>Sum of what is held, as it is and as tried.</summary>
    public (decimal Before, decimal After) Held => (People.Sum(l => l.HeldBefore), People.Sum(l => l.HeldAfter));

    /// <summary>The periods to try a plan on: so many finished ones and the running one after them.</summary>
    public static IReadOnlyList<Period> Periods(PayFrequency every, DateOnly today, int finished)
    {
        var periods = new List<Period> { PayPeriods.Of(every, today) };
        while (periods.Count <= finished) periods.Insert(0, PayPeriods.Of(every, periods[0].Start.AddDays(-1)));
        return periods;
    }
}

/// <summary>What one person would be paid; of a cumulative plan for the year so far, before what was paid in it.</summary>
/// <param name="Staff">His key.</param>
/// <param name="Name">His name.</param>
/// <param name="Before">By the plan as it is.</param>
/// <param name="After">As tried.</param>
/// <param name="HeldBefore">What would be held, as it is.</param>
/// <param name="HeldAfter">As tried.</param>
public sealed record TrialLine(string Staff, string Name, decimal Before, decimal After, decimal HeldBefore, decimal HeldAfter);

/// <summary>Tries a plan on what has been measured. Nothing is kept.</summary>
internal sealed class PlanTrials
{
    private readonly NpgsqlDataSource _db;
    private readonly PayInputs _inputs;
    private readonly DateTimeOffset _now;
    private readonly PlanVersion _tried;
    private readonly IReadOnlyList<PlanVersion> _versions;

    private PlanTrials(NpgsqlDataSource db, PayInputs inputs, DateTimeOffset now, PlanVersion tried, IReadOnlyList<PlanVersion> versions) =>
        (_db, _inputs, _now, _tried, _versions) = (db, inputs, now, tried, versions);

    /// <summary>For a plan that there is.</summary>
    /// <param name="db">Where figures, members and versions are.</param>
    /// <param name="metrics">Measures.</param>
    /// <param name="clock">What is now.</param>
    /// <param name="plan">As tried, with the id of the plan it is tried for.</param>
    /// <param name="document">Its text.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<PlanTrials> BeginAsync(NpgsqlDataSource db, MetricReader metrics, TimeProvider clock, PayPlan plan, string document, CancellationToken ct)
    {
        var versions = await PlanVersion.ReadAsync(db, clock, plan.Id, ct);
        var text = versions[^1].Text with { Version = versions.Max(v => v.Version) + 1, Document = document, Hash = PlanDocument.HashOf(document) };
        // Before the first version there was none: it is tried as if it had always been in force.
        var first = versions.MinBy(v => v.From)!;
        return new PlanTrials(db, new PayInputs(db, metrics), clock.GetUtcNow(), Always(new PlanVersion(text, plan)), [.. versions.Select(v => v == first ? Always(v) : v)]);
    }

    /// <summary>For whoever was in the plan in the period; when nobody was, for whom it pays now.</summary>
    public async Task<PlanTrial> OfAsync(Period period, CancellationToken ct)
    {
        var (from, to) = PayPeriods.Measured(_tried.Plan, period);
        var members = await PayMembership.ReadAsync(_db, _tried.Plan.Id, from, to, _now, ct);
        return members.Count > 0 ? await OfAsync(period, members, ct) : await OfTodayAsync(period, ct);
    }

    /// <summary>As if whom the plan pays now, or will pay, had always been in it.</summary>
    public async Task<PlanTrial> OfTodayAsync(Period period, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(_now.UtcDateTime);
        var members = await PayMembership.ReadAsync(_db, _tried.Plan.Id, today, DateOnly.MaxValue, _now, ct);
        return await OfAsync(period, [.. members.GroupBy(m => m.StaffKey).Select(g => g.Last() with { FromDay = DateOnly.MinValue, ToDay = null })], ct);
    }

    private async Task<PlanTrial> OfAsync(Period period, IReadOnlyList<PayMember> members, CancellationToken ct)
    {
        var before = await StatementsAsync(_versions, period, members, ct);
        var after = (await StatementsAsync([_tried], period, members, ct)).ToDictionary(s => s.Staff);
        return new PlanTrial(period,
        [
            .. before.Where(s => after.ContainsKey(s.Staff))
                .Select(s => new TrialLine(s.Staff, s.StaffName, s.Own, after[s.Staff].Own, s.Held, after[s.Staff].Held))
                .OrderBy(l => l.Name, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.Staff, StringComparer.Ordinal),
        ]);
    }

    private async Task<IReadOnlyList<PayStatement>> StatementsAsync(IReadOnlyList<PlanVersion> versions, Period period, IReadOnlyList<PayMember> members, CancellationToken ct)
    {
        var questions = PayQuestions.Of(versions, period, _now, members, new Dictionary<string, decimal>());
        var figures = new Dictionary<(int, DateOnly, DateOnly), PayFigures>();
        foreach (var segment in questions.Segments) figures[(segment.Version.Version, segment.From, segment.To)] = await _inputs.ReadAsync(segment.Plan, segment.Days, asNowKnown: false, ct);
        return PayDraft.Of(questions, figures);
    }

    private static PlanVersion Always(PlanVersion version) => version with { Text = version.Text with { FromDay = DateOnly.MinValue } };
}
