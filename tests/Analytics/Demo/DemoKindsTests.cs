using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Demo;

/// <summary>What is planted in the demo company beside the answers is found by the kinds of commitments it concerns.</summary>
public sealed class DemoKindsTests(FullDemo demo) : IClassFixture<FullDemo>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_finds_what_is_planted()
    {
        await using var world = await World.CreateAsync();
        world.Clock.Now = new DateTimeOffset(DemoFiles.Anchor, TimeOnly.MinValue, TimeSpan.Zero);
        Assert.Equal(0, (await world.LoadPathAsync(demo.Files.Folder, backfill: true)).ExitCode);
        await world.RefreshAsync();
        var planted = demo.Files.Truth().GetProperty("planted");

        await EveryFactThatOpensOneHasItsCommitment(world);
        await OneRegionInvoicesTwoMonthsLate(world, planted.GetProperty("late_invoices"));
        await DuplicatesLookUnbilledUntilMerged(world, planted.GetProperty("duplicates"));
        await NewDatesAfterTheFactCureNothing(world, planted.GetProperty("rebaselining").GetProperty("team").GetString()!);
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

    private static async Task NewDatesAfterTheFactCureNothing(World world, string team)
    {
        var first = await TeamsAsync(world, "deliver_b0");
        var standing = await TeamsAsync(world, "deliver_current");
        var other = Assert.Single(first.Keys, key => key != team);
        // Whoever believes the newest date finds the team that moves its dates as good as any, or better.
        var newest = (await world.TextsAsync($"""
            select avg((m.accepted_at < b.due_on + 1)::int) from commitment c
            join milestone m on m.account_id = c.account_id and m.source_key = c.commitment_key
            join lateral (select due_on from milestone_baseline b where b.account_id = c.account_id and b.milestone_key = c.commitment_key order by version desc limit 1) b on true
            where c.kind = 'deliver' and c.team_key = '{team}' and m.accepted_at is not null
            """)).Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).Single();
        Assert.True(newest > standing[team] + 0.15, $"newest {newest}, standing {standing[team]}");
        Assert.InRange(standing[team] - first[team], 0, 0.05);
        Assert.True(standing[other] - first[other] > 0.08, "honest new dates count");
        Assert.Equal(0, await world.CountAsync("""
            select count(*) from commitment f join commitment s using (account_id, commitment_key)
            join milestone_baseline b on b.account_id = f.account_id and b.milestone_key = f.commitment_key and b.version = 1
            where f.kind = 'deliver' and s.kind = 'deliver_current' and b.occurred_at > f.due_at and s.due_at <> f.due_at
            """));
    }

    private static async Task<Dictionary<string, double>> TeamsAsync(World world, string metric) =>
        (await Reader(world).CommitmentGroupsAsync(Query(metric), Dimension.Team, Ct)).ToDictionary(t => t.Key!, t => t.Value.Value!.Value);

    private static MetricReader Reader(World world) => new(world.Database.DataSource, world.Clock);

    private static MetricQuery Query(string metric) => new() { Metric = metric, Viewer = Viewer.Everything("test") };
}
