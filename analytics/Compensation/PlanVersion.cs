using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>A version of a plan that was read once, to be computed with many times.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Plan">What it says.</param>
internal sealed record PlanVersion(PayPlanVersion Text, PayPlan Plan)
{
    public int Version => Text.Version;

    public DateOnly From => Text.FromDay;

    /// <summary>Every version of a plan that stands, the first first.</summary>
    /// <exception cref="PayException">There is no such plan, or all of it was withdrawn.</exception>
    public static async Task<IReadOnlyList<PlanVersion>> ReadAsync(NpgsqlDataSource db, TimeProvider clock, string plan, CancellationToken ct)
    {
        var texts = PayPlanVersion.Standing(await new PayPlanStore(db, clock).VersionsAsync(plan, ct));
        if (texts.Count == 0) throw new PayException($"There is no plan “{plan}”.");
        return [.. texts.OrderBy(t => t.Version).Select(t => new PlanVersion(t, t.Plan))];
    }

    /// <summary>The one in force on a day; null before the first.</summary>
    public static PlanVersion? On(IReadOnlyList<PlanVersion> versions, DateOnly day) =>
        PayPlanVersion.InForce(versions.Select(v => v.Text), day) is { } text ? versions.First(v => v.Text == text) : null;
}
