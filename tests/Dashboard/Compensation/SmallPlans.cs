using Followthrough.Analytics.Compensation;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Dashboard.Compensation;

/// <summary>Pay plans of the small company, simple enough to count by hand.</summary>
internal static class SmallPlans
{
    internal const string Own = "own-plan", Theirs = "their-plan";

    /// <summary>Half of the answers in time pay half, all pay all of 1,000, whatever n is.</summary>
    internal static string Text(string id, string extra = "") => $$"""
        plan: {{id}}
        name: Plan {{id}}
        currency: EUR
        every: quarter
        incentive: 1000
        {{extra}}
        components:
          - id: answered
            metric: respond_24h
            for: person
            minimum_n: 1
            small_n: accepted
            weight: 100
            points:
              - { at: 50, pays: 50 }
              - { at: 100, pays: 100 }
            target: 100
            straddling: pay

        """;

    /// <summary>One plan pays both people, each with an incentive of his own; the other one S2 alone.</summary>
    internal static async Task MakeAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        var clock = new ManualClock(SmallCompany.Now);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (plans, members, from) = (new PayPlanStore(db, clock), new PayMembers(db, clock), new DateOnly(2026, 1, 1));
        foreach (var plan in new[] { Own, Theirs }) await plans.AppendAsync(connection, Text(plan), null, from, "test", "The first one", 0, ct);
        await members.AddAsync(connection, Own, "hr:S1", from, null, 4_321, "test", ct);
        await members.AddAsync(connection, Own, "hr:S2", from, null, 9_876, "test", ct);
        await members.AddAsync(connection, Theirs, "hr:S2", from, null, null, "test", ct);
        await transaction.CommitAsync(ct);
    }
}
