using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>Whom a plan pays for a period.</summary>
/// <param name="Plan">As it is at the end of the period: name, currency, rounding, pool.</param>
/// <param name="Period">What is paid for.</param>
/// <param name="AsOf">The moment whose knowledge counts.</param>
/// <param name="People">Each with his segments.</param>
internal sealed record PayQuestions(PayPlan Plan, Period Period, DateTimeOffset AsOf, IReadOnlyList<PaidPerson> People)
{
    /// <summary>Every version and span that has to be measured, once each.</summary>
    public IEnumerable<PaySegment> Segments => People.SelectMany(p => p.Segments).DistinctBy(s => (s.Version.Version, s.From, s.To));

    /// <summary>The versions in force in it.</summary>
    public IReadOnlyList<int> Versions => [.. People.SelectMany(p => p.Segments).Select(s => s.Version.Version).Distinct().Order()];

    /// <summary>Everybody with days in the plan.</summary>
    /// <param name="versions">Of the plan, or those a locked run used.</param>
    /// <param name="period">What is paid for.</param>
    /// <param name="asOf">The moment whose knowledge counts.</param>
    /// <param name="memberships">Of the measured span.</param>
    /// <param name="paid">What was paid before for the same year, by person.</param>
    /// <exception cref="PayException">No version was in force by the period's end.</exception>
    public static PayQuestions Of(
        IReadOnlyList<PlanVersion> versions, Period period, DateTimeOffset asOf, IReadOnlyList<PayMember> memberships, IReadOnlyDictionary<string, decimal> paid)
    {
        var plan = PlanVersion.On(versions, period.End.AddDays(-1))?.Plan
            ?? throw new PayException($"No version of the plan was in force in {period.Label}.");
        var (from, to) = PayPeriods.Measured(plan, period);
        var people = memberships.GroupBy(m => m.StaffKey)
            .Select(g => new PaidPerson(g.Key, g.First().Name, PaySegment.Of(from, to, versions, [.. g]), paid.GetValueOrDefault(g.Key)))
            .Where(p => p.Segments.Count > 0)
            .ToList();
        return new PayQuestions(plan, period, asOf, people);
    }
}

/// <summary>One of them.</summary>
internal sealed record PaidPerson(string Staff, string Name, IReadOnlyList<PaySegment> Segments, decimal Paid);
