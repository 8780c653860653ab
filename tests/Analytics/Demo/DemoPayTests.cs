using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Demo;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using World = Followthrough.Tests.Support.World;

namespace Followthrough.Tests.Analytics.Demo;

/// <summary>What the demo company pays by.</summary>
public sealed class DemoPayTests
{
    private static readonly DateOnly Anchor = new(2026, 11, 22);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_people_are_paid_for_their_days_by_three_hands_and_the_last_finished_quarter_is_left_to_be_run()
    {
        await using var world = await World.CreateAsync();
        var db = world.Database.DataSource;
        world.Clock.Now = Given.At("2026-11-22T08:00Z");
        await (await Company.ReadAsync(db, Ct) with { Currency = "USD" }).WriteAsync(db, Ct);
        await world.LoadAsync(
            Given.Staff("hr:Long") with { Title = "Account Manager", OccurredAt = Given.At("2020-01-01T00:00Z") },
            Given.Staff("hr:New") with { Title = "Account Manager", OccurredAt = Given.At("2026-05-16T00:00Z") },
            Given.Staff("hr:Gone") with { Title = "Account Manager", OccurredAt = Given.At("2020-01-01T00:00Z"), EndedAt = Given.At("2026-03-31T00:00Z") },
            Given.Staff("hr:Service") with { Title = "Service Coordinator", OccurredAt = Given.At("2020-01-01T00:00Z") });
        await world.RefreshAsync();

        for (var twice = 0; twice < 2; twice++)
        {
            await DemoPay.WriteAsync(db, Anchor, world.Clock, Ct);
            await DemoPay.PayAsync(db, Anchor, world.Clock, Ct);
        }

        Assert.Equal(
            ["account-manager 2026-Q2 locked hr:Long,hr:New", "service-team 2026-Q2 locked hr:Service"],
            await world.TextsAsync("select concat_ws(' ', plan_id, period, state, (select string_agg(staff_key, ',' order by staff_key) from pay_statement s where s.run_id = r.run_id)) from pay_run r order by 1"));
        Assert.Equal(["3"], await world.TextsAsync("select count(distinct by_name)::text from pay_step where run_id = 1"));
        Assert.Equal(new DateOnly(2026, 5, 16), (await new PayReader(db).StatementAsync(PayScope.Everything("test"), 1, "hr:New", Ct))!.Statement.Segments.Single().From);
    }

    [Fact]
    public void Its_own_plan_has_no_fault() => Assert.Empty(PlanDocument.Read(SqlText.Read(typeof(DemoPay), "Demo/account-manager.yaml"), "USD").Faults);
}
