using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Demo;

/// <summary>What is planted in the demo company beside the answers is found by the kinds of commitments it concerns.</summary>
public sealed class DemoKindsTests(LoadedDemo demo)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_finds_what_is_planted()
    {
        await using var world = await demo.NewWorldAsync();
        var planted = demo.Files.Truth().GetProperty("planted");

        await EveryFactThatOpensOneHasItsCommitment(world);
        await OneRegionInvoicesTwoMonthsLate(world, planted.GetProperty("late_invoices"));
        await DuplicatesLookUnbilledUntilMerged(world, planted.GetProperty("duplicates"));
        await OneTeamMovesItsDatesInTime(world, planted.GetProperty("rebaselining").GetProperty("team").GetString()!);
        await NewDatesAfterTheFactCureNothing(world);
        await WorkIsLookedAt(world);
        await PromisedHoursChange(world);
    }

    private static async Task EveryFactThatOpensOneHasItsCommitment(World world) => Assert.Equal(
        ["acknowledge_issue", "call_back", "deliver", "deliver_current", "invoice", "promise", "proposal", "resolve_issue"],
        await world.TextsAsync("""
            with facts as (
              select 'invoice' as kind, account_id, source_key from billing_event
              union all select k, account_id, milestone_key from milestone_baseline, unnest(array['deliver', 'deliver_current']) k where version = 0
              union all select 'promise', account_id, source_key from promise where confirmed_by_key is not null
              union all select 'proposal', account_id, source_key from proposal_request
              union all select k, account_id, source_key from issue, unnest(array['acknowledge_issue', 'resolve_issue']) k
              union all select 'call_back', account_id, source_key from interaction where direction = 'inbound' and kind = 'call' and not connected
            ),
            compared as (
              select coalesce(f.kind, c.kind) as kind, f.source_key as fact, c.commitment_key as commitment
              from facts f
              full join (select * from commitment where kind in (select kind from facts)) c
                on c.kind = f.kind and c.account_id = f.account_id and c.commitment_key = f.source_key
            )
            -- Several missed calls make one episode, which a voicemail may begin; every other kind goes one to one.
            select kind from compared group by kind
            having case kind when 'call_back' then count(commitment) between count(fact) / 2 and count(fact)
              else count(fact) = count(*) and count(commitment) = count(*) end
            order by kind
            """));

    private static async Task OneRegionInvoicesTwoMonthsLate(World world, JsonElement truth)
    {
        var regions = await Reader(world).CommitmentGroupsAsync(Query("invoice_14d"), Dimension.Region, Ct);
        Assert.Equal(4, regions.Count);
        Assert.All(regions, region =>
        {
            var late = region.Key == truth.GetProperty("region").GetString();
            var days = truth.GetProperty(late ? "median_days" : "median_days_elsewhere").GetDouble();
            Assert.Equal(days, region.Value.AnsweredOnlyMedianHours!.Value / 24, late ? 1.5 : 0.75);
            Assert.InRange(region.Value.Value!.Value, late ? 0 : 0.8, late ? 0.01 : 0.95);
            Assert.True(region.Value.Excluded["deposit"] > 0);
        });
    }

    private static async Task DuplicatesLookUnbilledUntilMerged(World world, JsonElement duplicates)
    {
        var billed = (await world.TextsAsync("""
            select a.source_key || ' ' || count(c.fulfilled_at)
            from account a left join commitment c on c.account_id = a.account_id and c.kind = 'invoice'
            group by a.source_key
            """)).Select(line => line.Split(' ')).ToDictionary(x => x[0], x => long.Parse(x[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.NotEqual(0, duplicates.GetArrayLength());
        Assert.All(duplicates.EnumerateArray(), pair => Assert.Equal((0, 0), (billed[pair[0].GetString()!], billed[pair[1].GetString()!])));
        Assert.True(billed.Values.Count(n => n > 0) > 600);
    }

    private static async Task OneTeamMovesItsDatesInTime(World world, string team)
    {
        var first = await TeamsAsync(world, "deliver_b0");
        var standing = await TeamsAsync(world, "deliver_current");
        var other = Assert.Single(first.Keys, key => key != team);
        Assert.InRange(first[team], 0.45, 0.7);
        Assert.InRange(standing[team], 0.88, 1);
        // The other team is as late and moves fewer dates: its two figures lie closer together.
        Assert.InRange(first[other] - first[team], -0.05, 0.05);
        Assert.InRange(standing[other] - first[other], 0.05, 0.2);
    }

    private static async Task NewDatesAfterTheFactCureNothing(World world)
    {
        var afterwards = (await world.TextsAsync("""
            select f.team_key || ' ' || (s.due_at <> f.due_at) from commitment f join commitment s using (account_id, commitment_key)
            join milestone_baseline b on b.account_id = f.account_id and b.milestone_key = f.commitment_key and b.version = 1
            where f.kind = 'deliver' and s.kind = 'deliver_current' and b.occurred_at > f.due_at
            """)).CountBy(line => line).ToDictionary();
        Assert.True(afterwards["hr:T-6 false"] > 50);
        Assert.DoesNotContain(afterwards.Keys, key => key.EndsWith("true", StringComparison.Ordinal));
    }

    private static async Task WorkIsLookedAt(World world)
    {
        var checks = await Reader(world).ValueAsync(Query("spot_check"), Ct);
        Assert.InRange(checks.N, 500, 1500);
        Assert.InRange(checks.Value!.Value, 0.85, 0.95);
        var audits = await Reader(world).ValueAsync(Query("project_audit"), Ct);
        Assert.InRange(audits.Value!.Value, 0.75, 0.9);
        Assert.True(await world.CountAsync("select count(*) from commitment where kind = 'project_audit' and outcome = 'own_unit'") > 50);
        // Both are the work of every year of the history, not of its end.
        Assert.Equal(2, await world.CountAsync("select count(*) from (select kind from commitment where kind in ('spot_check', 'project_audit') group by kind having count(distinct date_trunc('quarter', opened_at)) >= 11) k"));
        Assert.InRange(
            await world.CountAsync("select 100 * count(fulfilled_at) / count(*) from commitment where kind = 'survey' and commitment_key like 'survey:S-%'"), 88, 97);
    }

    private static async Task PromisedHoursChange(World world) => Assert.True(await world.CountAsync("""
        select count(*) from commitment c join account_calendar p using (account_id)
        where c.kind = 'call_back' and c.opened_at >= p.occurred_at and (p.ended_at is null or c.opened_at < p.ended_at)
          and c.due_at = business_deadline(p.calendar_key, c.opened_at, 3600)
          and c.due_at <> (select business_deadline(a.calendar_key, c.opened_at, 3600) from account a where a.account_id = c.account_id)
        """) > 20);

    private static async Task<Dictionary<string, double>> TeamsAsync(World world, string metric) =>
        (await Reader(world).CommitmentGroupsAsync(Query(metric), Dimension.Team, Ct)).ToDictionary(t => t.Key!, t => t.Value.Value!.Value);

    private static MetricReader Reader(World world) => new(world.Database.DataSource, world.Clock);

    private static MetricQuery Query(string metric) => new() { Metric = metric, Viewer = Viewer.Everything("test") };
}
