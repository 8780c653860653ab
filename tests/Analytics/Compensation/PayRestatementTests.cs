using Followthrough.Analytics.Compensation;
using Followthrough.Tests.Analytics.Editions;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class PayRestatementTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Late_data_changes_no_locked_statement_and_is_paid_in_the_next_with_its_cause()
    {
        await using var company = await MayLockedAsync(asked: 4, answered: 2);
        var locked = await company.World.TextsAsync("select document::text || hash || payable from pay_statement order by staff_key");
        var run = await company.World.TextsAsync("select r::text from pay_run r");
        // An answer of May arrives in June.
        await company.World.LoadAsync(PaidCompany.Answer("crm:A", "hr:S1", "2026-05", 3));

        var next = await NextAsync(company);

        Assert.Equal(locked, await company.World.TextsAsync("select document::text || hash || payable from pay_statement where run_id = 1 order by staff_key"));
        Assert.Equal(run, await company.World.TextsAsync("select r::text from pay_run r where run_id = 1"));
        var line = Assert.Single((await company.StatementAsync(next, "hr:S1")).Adjustments);
        Assert.Equal((AdjustmentKind.Restatement, "2026-05", "answered", 250m), (line.Kind, line.OfPeriod, line.Component, line.Amount));
        Assert.Equal("Answered within 24 h 75 (n = 4) instead of 50 (n = 4): 1 row changed", line.Cause);
        Assert.Equal(new ChangedRow("changed", "respond", "crm:A", "mail:crm:A/2026-05/3", true), Assert.Single(line.Rows));
    }

    [Fact]
    public async Task A_closed_quarter_is_paid_by_what_was_reported_of_it_and_later_knowledge_comes_with_the_next_run()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.AskAsync("crm:A", "hr:S1", "2026-03", 4, 2);
        await Closed.CloseAsync(company.World, "2026-Q1", Ct);
        // Known before anything is paid, but not when the quarter was closed.
        await company.World.LoadAsync(PaidCompany.Answer("crm:A", "hr:S1", "2026-03", 3));

        var march = await company.StatementAsync(await company.LockAsync("2026-03"), "hr:S1");
        Assert.Equal((500m, 0), (march.Payable, march.Adjustments.Count));
        var april = await company.StatementAsync(await company.Runs.PrepareAsync("answering", "2026-04", PaidCompany.Preparer, Ct), "hr:S1");
        var line = Assert.Single(april.Adjustments);
        Assert.Equal((AdjustmentKind.Restatement, "2026-03", 250m), (line.Kind, line.OfPeriod, line.Amount));
        Assert.StartsWith("Answered within 24 h 75 (n = 4) instead of 50 (n = 4)", line.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_restated_once_is_not_paid_again()
    {
        await using var company = await MayLockedAsync(asked: 4, answered: 2);
        await company.World.LoadAsync(PaidCompany.Answer("crm:A", "hr:S1", "2026-05", 3));
        await company.LockAsync(await NextAsync(company));
        company.World.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Empty((await company.StatementAsync(await company.LockAsync("2026-07"), "hr:S1")).Adjustments);

        // It was no answer after all: what was paid for it comes off.
        company.World.Clock.Advance(TimeSpan.FromDays(31));
        await company.World.LoadAsync(PaidCompany.Answer("crm:A", "hr:S1", "2026-05", 3) with { Automatic = true });
        var last = await company.StatementAsync(await company.Runs.PrepareAsync("answering", "2026-08", PaidCompany.Preparer, Ct), "hr:S1");

        Assert.Equal(-250m, Assert.Single(last.Adjustments).Amount);
    }

    [Fact]
    public async Task Too_much_paid_is_carried_forward_and_not_deducted_from_nothing()
    {
        await using var company = await MayLockedAsync(asked: 4, answered: 4);
        await company.World.LoadAsync([.. Enumerable.Range(2, 3).Select(day => PaidCompany.Answer("crm:A", "hr:S1", "2026-05", day) with { Automatic = true })]);
        // June earns nothing: two questions, none answered.
        await company.AskAsync("crm:A", "hr:S1", "2026-06", 2, 0);
        var june = await NextAsync(company);
        await company.LockAsync(june);
        var statement = await company.StatementAsync(june, "hr:S1");
        Assert.Equal((0m, -1000m, 0m, -1000m), (statement.Own, statement.Adjustments.Sum(a => a.Amount), statement.Payable, statement.CarriedOut));

        await company.AskAsync("crm:A", "hr:S1", "2026-07", 2, 2);
        company.World.Clock.Advance(TimeSpan.FromDays(31));
        var july = await company.StatementAsync(await company.Runs.PrepareAsync("answering", "2026-07", PaidCompany.Preparer, Ct), "hr:S1");

        Assert.Equal((1000m, -1000m, 0m, 0m), (july.Own, july.CarriedIn, july.Payable, july.CarriedOut));
    }

    [Fact]
    public async Task A_line_that_was_held_is_released_when_it_can_be_judged()
    {
        await using var company = await MayLockedAsync(asked: 1, answered: 1);
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 3, 3);

        var june = await NextAsync(company);
        var line = Assert.Single((await company.StatementAsync(june, "hr:S1")).Adjustments);

        Assert.Equal((AdjustmentKind.Release, 1000m), (line.Kind, line.Amount));
        await company.LockAsync(june);
        var paid = Assert.Single(await new PayHeld(company.Db).OfRunAsync(PayScope.Everything("test"), 1, Ct)).PaidBy!;
        Assert.Equal((june, 1000m, null, null), (paid.Run, paid.Amount, paid.By, paid.Words));
        Assert.InRange(paid.At!.Value, company.World.Clock.Now.AddMinutes(-1), company.World.Clock.Now);
    }

    [Fact]
    public async Task A_held_line_is_paid_by_decision_once_and_what_comes_later_is_netted()
    {
        await using var company = await MayLockedAsync(asked: 1, answered: 1);
        var june = await NextAsync(company);
        var held = new PayHeld(company.Db);
        var waits = Assert.Single(await held.WaitingAsync(PayScope.Everything("test"), "answering", new DateOnly(2026, 6, 1), Ct));
        Assert.Equal(("hr:S1", "answered", 1L, null, null), (waits.Staff, waits.Component, waits.Run, waits.PaidBy, waits.DecidedIn));
        Assert.Empty(await held.WaitingAsync(new PayScope("other team", false, ["hr:T2"], null), null, null, Ct));
        var himself = new PayActor("himself", Guid.NewGuid(), "hr:S1");
        Assert.Contains("somebody else decides", (await Assert.ThrowsAsync<PayException>(() => company.Runs.ReleaseAsync(june, "hr:S1", 1, "answered", 600, "mine", himself, Ct))).Message, StringComparison.Ordinal);
        Assert.Contains("at most 1000", (await Assert.ThrowsAsync<PayException>(() => company.Runs.ReleaseAsync(june, "hr:S1", 1, "answered", 1000.01m, "generous", PaidCompany.Preparer, Ct))).Message, StringComparison.Ordinal);
        await company.Runs.ReleaseAsync(june, "hr:S1", 1, "answered", 60, "a slip of the pen", PaidCompany.Preparer, Ct);
        await company.Runs.ReleaseAsync(june, "hr:S1", 1, "answered", 600, "he was on a project without customers", PaidCompany.Preparer, Ct);
        Assert.Equal(600, Assert.Single((await company.StatementAsync(june, "hr:S1")).Adjustments).Amount);
        await company.Runs.RecalculateAsync(june, PaidCompany.Preparer, Ct);
        await company.LockAsync(june);
        Assert.Equal(600, (await company.StatementAsync(june, "hr:S1")).Payable);
        Assert.DoesNotContain(await held.WaitingAsync(PayScope.Everything("test"), null, null, Ct), line => line.Run == 1);
        await LockedStaysByItsVersionAsync(company);
        var line = Assert.Single(await held.OfStatementAsync(PayScope.Everything("test"), 1, "hr:S1", Ct));
        Assert.Equal(new HeldDecision(june, "2026-06", 600, true, "preparer", "he was on a project without customers", line.Decisions[0].At), line.PaidBy);
        Assert.InRange(line.Decisions[0].At!.Value, company.World.Clock.Now.AddHours(-1), company.World.Clock.Now);
        Assert.Equal(new DateOnly(2026, 7, 1), line.NextFrom);
        Assert.Empty(await held.OfStatementAsync(PayScope.Everything("test"), 1, "hr:S2", Ct));

        // Now it can be judged, and comes to 1,000: what is missing is paid.
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 3, 3);
        company.World.Clock.Advance(TimeSpan.FromDays(31));
        var july = await company.StatementAsync(await company.Runs.PrepareAsync("answering", "2026-07", PaidCompany.Preparer, Ct), "hr:S1");

        Assert.Equal(400, Assert.Single(july.Adjustments).Amount);
    }

    [Fact]
    public async Task A_held_line_is_dropped_with_a_reason_also_of_somebody_who_has_left_and_a_draft_is_not_his_to_see()
    {
        await using var company = await MayLockedAsync(asked: 1, answered: 1);
        await using (var connection = await company.Db.OpenConnectionAsync(Ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(Ct);
            var member = Assert.Single(await new PayMembers(company.Db, company.World.Clock).OfAsync("answering", Ct));
            await new PayMembers(company.Db, company.World.Clock).EndAsync(connection, "answering", member.Id, new DateOnly(2026, 6, 1), "test", Ct);
            await transaction.CommitAsync(Ct);
        }
        var june = await NextAsync(company);
        var (held, himself) = (new PayHeld(company.Db), new PayScope("himself", false, [], "hr:S1"));

        await company.Runs.ReleaseAsync(june, "hr:S1", 1, "answered", 0, "nobody turned to him", PaidCompany.Preparer, Ct);
        await company.Runs.RecalculateAsync(june, PaidCompany.Preparer, Ct);

        var open = Assert.Single(await held.OfRunAsync(PayScope.Everything("test"), 1, Ct));
        Assert.Equal((null, 0m, "nobody turned to him"), (open.PaidBy, open.DecidedIn!.Amount, open.DecidedIn.Words));
        Assert.Empty(Assert.Single(await held.OfRunAsync(himself, 1, Ct)).Decisions);
        await company.LockAsync(june);
        Assert.Equal((0m, true), Assert.Single(await held.OfRunAsync(himself, 1, Ct)).PaidBy is { } dropped ? (dropped.Amount, dropped.IsLocked) : (-1, false));
        Assert.Empty(await held.WaitingAsync(PayScope.Everything("test"), null, null, Ct));
    }

    [Fact]
    public async Task A_held_line_of_a_pool_is_paid_no_more_than_its_share()
    {
        await using var company = await PaidCompany.CreateAsync(PaidCompany.Answering.Replace("incentive: 1000", "incentive: 1000\npool: 600", StringComparison.Ordinal));
        await company.JoinAsync("hr:S1");
        await company.JoinAsync("hr:S2");
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 1, 1);
        await company.AskAsync("crm:B", "hr:S2", "2026-05", 4, 4);
        var may = await company.LockAsync("2026-05");
        Assert.Equal((300m, 300m), ((await company.StatementAsync(may, "hr:S1")).Held, (await company.StatementAsync(may, "hr:S2")).Payable));
        var june = await NextAsync(company);

        Assert.Contains("at most 300,", (await Assert.ThrowsAsync<PayException>(() => company.Runs.ReleaseAsync(june, "hr:S1", may, "answered", 300.01m, "all of it", PaidCompany.Preparer, Ct))).Message, StringComparison.Ordinal);
        await company.Runs.ReleaseAsync(june, "hr:S1", may, "answered", 300, "all of it", PaidCompany.Preparer, Ct);
        Assert.Equal(300, Assert.Single((await company.StatementAsync(june, "hr:S1")).Adjustments).Amount);
    }

    private static async Task LockedStaysByItsVersionAsync(PaidCompany company)
    {
        var plans = new PayPlanStore(company.Db, company.World.Clock);
        var version = (await plans.VersionsAsync("answering", Ct))[0];
        await using var connection = await company.Db.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var refused = await Assert.ThrowsAsync<PlanRefusedException>(() => plans.AppendAsync(connection, version.Document, "EUR", new DateOnly(2026, 6, 30), "ann", "why", version.Version, Ct));
        Assert.Contains("expected a first day from 2026-07-01 on", refused.Message, StringComparison.Ordinal);
        await plans.AppendAsync(connection, version.Document, "EUR", new DateOnly(2026, 7, 1), "ann", "why", version.Version, Ct);
    }

    [Fact]
    public async Task A_membership_that_was_not_known_is_paid_later_with_its_cause()
    {
        await using var company = await MayLockedAsync(asked: 4, answered: 4);
        await company.AskAsync("crm:B", "hr:S2", "2026-05", 4, 4);
        await company.JoinAsync("hr:S2", from: "2026-05-01");

        var line = Assert.Single((await company.StatementAsync(await NextAsync(company), "hr:S2")).Adjustments);

        Assert.Equal((1000m, "his days in the plan were not known then"), (line.Amount, line.Cause));
    }

    [Fact]
    public async Task A_cumulative_plan_pays_the_year_so_far_less_what_it_paid_and_restates_nothing_within_the_year()
    {
        await using var company = await PaidCompany.CreateAsync(PaidCompany.Answering.Replace("every: month", "every: month\ncumulative: true", StringComparison.Ordinal), "2026-05-01");
        await company.JoinAsync("hr:S1", from: "2026-05-01");
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 4, 2);
        var may = await company.LockAsync("2026-05");
        Assert.Equal(500, (await company.StatementAsync(may, "hr:S1")).Payable);
        await company.World.LoadAsync(PaidCompany.Answer("crm:A", "hr:S1", "2026-05", 3), PaidCompany.Answer("crm:A", "hr:S1", "2026-05", 4));
        await company.AskAsync("crm:A", "hr:S1", "2026-06", 4, 4);

        var june = await company.StatementAsync(await NextAsync(company), "hr:S1");

        Assert.Equal((2000m, 500m, 1500m), (june.Earned, june.Paid, june.Own));
        Assert.Empty(june.Adjustments);
    }

    private static async Task<PaidCompany> MayLockedAsync(int asked, int answered)
    {
        var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.AskAsync("crm:A", "hr:S1", "2026-05", asked, answered);
        await company.LockAsync("2026-05");
        company.World.Clock.Advance(TimeSpan.FromHours(1));
        return company;
    }

    // The run of June, made in July.
    private static Task<long> NextAsync(PaidCompany company)
    {
        company.World.Clock.Advance(TimeSpan.FromDays(31));
        return company.Runs.PrepareAsync("answering", "2026-06", PaidCompany.Preparer, Ct);
    }
}
