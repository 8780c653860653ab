using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>Days over which one version of a plan and one target incentive hold for a person; measured by themselves.</summary>
internal sealed record PaySegment(DateOnly From, DateOnly To, PlanVersion Version, decimal Incentive)
{
    public PayPlan Plan => Version.Plan;

    /// <summary>What is measured.</summary>
    public Period Days { get; } = Period.Days(From, To);

    /// <summary>Days of it by days of the plan's periods.</summary>
    public decimal Proration => PayPeriods.Proration(Plan.Every, From, To);

    /// <summary>
    /// One person's: a span is cut where a version comes into force and where one of his memberships begins or ends, and days on which he is
    /// in no plan are left out.
    /// </summary>
    /// <param name="from">First day of the span.</param>
    /// <param name="to">The day after its last.</param>
    /// <param name="versions">Of the plan.</param>
    /// <param name="memberships">The person's.</param>
    public static IReadOnlyList<PaySegment> Of(DateOnly from, DateOnly to, IReadOnlyList<PlanVersion> versions, IReadOnlyList<PayMember> memberships)
    {
        var cuts = versions.Select(v => v.From).Concat(memberships.Select(m => m.FromDay)).Concat(memberships.Select(m => m.ToDay ?? to))
            .Where(day => from < day && day < to).Append(from).Append(to).Distinct().Order().ToList();
        var segments = new List<PaySegment>();
        foreach (var (start, end) in cuts.Zip(cuts.Skip(1)))
        {
            if (memberships.LastOrDefault(m => m.IsIn(start)) is not { } member || PlanVersion.On(versions, start) is not { } version) continue;
            var segment = new PaySegment(start, end, version, member.Incentive ?? version.Plan.Incentive);
            // A cut that changes nothing is none.
            if (segments.LastOrDefault() is { } last && last.To == start && last.Version == version && last.Incentive == segment.Incentive)
                segments[^1] = last.Until(end);
            else
                segments.Add(segment);
        }
        return segments;
    }

    private PaySegment Until(DateOnly to) => new(From, to, Version, Incentive);
}
