using Followthrough.Analytics.Compensation;
using Npgsql;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class PayRunsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_says_what_each_is_paid_and_by_what()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.JoinAsync("hr:S2", incentive: 2000);
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 4, 3);
        await company.AskAsync("crm:B", "hr:S2", "2026-05", 4, 4);

        var run = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);

        var (one, two) = (await company.StatementAsync(run, "hr:S1"), await company.StatementAsync(run, "hr:S2"));
        Assert.Equal((75m, 4L, 75m, 750m), (Assert.Single(one.Lines).Input.Value, one.Lines.Single().Input.N, one.Lines.Single().Percent, one.Payable));
        Assert.Equal(2000, two.Payable);
    }

    [Fact]
    public async Task Who_joins_in_the_middle_is_paid_for_his_days_by_what_he_did_on_them()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1", from: "2026-05-03");
        // The two unanswered ones were before he came.
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 6, 0);
        await company.World.LoadAsync([.. Enumerable.Range(3, 4).Select(day => PaidCompany.Answer("crm:A", "hr:S1", "2026-05", day))]);

        var run = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);

        var segment = Assert.Single((await company.StatementAsync(run, "hr:S1")).Segments);
        Assert.Equal((29m / 31, 100m, 4L), (segment.Proration, segment.Lines.Single().Input.Value, segment.Lines.Single().Input.N));
        Assert.Equal(935.48m, (await company.StatementAsync(run, "hr:S1")).Payable);
    }

    [Fact]
    public async Task A_new_version_in_the_middle_cuts_the_period_in_two_and_it_is_rounded_once()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.WriteAsync(PaidCompany.Answering.Replace("incentive: 1000", "incentive: 500", StringComparison.Ordinal), "2026-05-11", follows: 1);
        await company.JoinAsync("hr:S1");
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 20, 20);

        var statement = await company.StatementAsync(await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct), "hr:S1");

        Assert.Equal([(1, 10L), (2, 10L)], statement.Segments.Select(s => (s.Version, s.Lines.Single().Input.N)));
        Assert.Equal(Math.Round(1000m * 10 / 31 + 500m * 21 / 31, 2), statement.Payable);
    }

    [Fact]
    public async Task Too_few_cases_of_person_and_team_are_held_and_never_paid_as_nothing()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 1, 0);

        var statement = await company.StatementAsync(await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct), "hr:S1");

        Assert.Equal((LineState.Held, 0m), (Assert.Single(statement.Lines).State, statement.Payable));
        Assert.Contains("n = 1", statement.Lines.Single().Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_amounts_with_endless_decimals_add_up()
    {
        await using var company = await PaidCompany.CreateAsync(PaidCompany.Answering.Replace("straddling: pay", "straddling: hold", StringComparison.Ordinal)
            .Replace("target: 100", "target: 75", StringComparison.Ordinal).Replace("- { at: 100, pays: 100 }", "- { at: 75, pays: 100 }", StringComparison.Ordinal));
        foreach (var (staff, account, incentive) in new[] { ("hr:S1", "crm:A", 9876.54m), ("hr:S2", "crm:B", 12345.67m) })
        {
            await company.JoinAsync(staff, from: "2026-05-02", incentive: incentive);
            await company.AskAsync(account, staff, "2026-05", 17, 10);
        }

        var run = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);

        var view = (await company.Reader.RunAsync(PayScope.Everything("test"), run, Ct))!;
        Assert.Equal((0m, 2L), (view.Payable, view.Statements));
        Assert.Equal((await company.StatementAsync(run, "hr:S1")).Held + (await company.StatementAsync(run, "hr:S2")).Held, view.Held);
        Assert.True(view.Held > 0);
    }

    [Fact]
    public async Task A_metric_whose_source_does_not_tie_out_is_held()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 4, 4);
        await company.World.TextsAsync("""
            insert into tie_out (source, fact, period, currency, starts, ends, rows, amount, stated_at, file, sha256)
            values ('mail', 'interaction', '2026-05', '', '2026-05-01', '2026-06-01', 9, null, '2027-01-01T00:00Z', 'control.csv', '')
            """);

        var statement = await company.StatementAsync(await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct), "hr:S1");

        Assert.Equal(LineState.Held, Assert.Single(statement.Lines).State);
        Assert.Equal("the source mail says it has 9 of interaction in 2026-05, and 8 are stored", statement.Lines.Single().Why);
    }

    [Fact]
    public async Task A_period_that_goes_on_or_is_none_of_the_plans_is_refused()
    {
        await using var company = await PaidCompany.CreateAsync();

        Assert.Contains("not over yet", (await RefusedAsync(() => company.Runs.PrepareAsync("answering", "2026-06", PaidCompany.Preparer, Ct))), StringComparison.Ordinal);
        Assert.Contains("is no month", (await RefusedAsync(() => company.Runs.PrepareAsync("answering", "2026-Q1", PaidCompany.Preparer, Ct))), StringComparison.Ordinal);
        Assert.Contains("no plan", (await RefusedAsync(() => company.Runs.PrepareAsync("nothing", "2026-05", PaidCompany.Preparer, Ct))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_begin_at_once_one_wins_and_the_other_is_told()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => await Record.ExceptionAsync(
            () => company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct))));

        Assert.Single(both, e => e is null);
        Assert.Contains("already", Assert.Single(both.OfType<PayException>()).Message, StringComparison.Ordinal);
        Assert.Equal(1, await company.World.CountAsync("select count(*) from pay_run"));
    }

    [Fact]
    public async Task A_run_that_breaks_off_leaves_nothing_behind()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.World.TextsAsync("alter table pay_step add constraint never check (step <> 'prepared')");

        await Assert.ThrowsAsync<PostgresException>(() => company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct));

        Assert.Equal(0, await company.World.CountAsync("select (select count(*) from pay_run) + (select count(*) from pay_statement)"));
    }

    [Fact]
    public async Task Only_a_third_person_whom_it_does_not_pay_approves()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 4, 4);
        var run = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);
        await company.Runs.SendAsync(run, PaidCompany.Preparer, Ct);
        Assert.Contains("nobody has reviewed", await RefusedAsync(() => company.Runs.ApproveAsync(run, PaidCompany.Approver, Ct)), StringComparison.Ordinal);
        await company.Runs.ReviewAsync(run, PaidCompany.Reviewer, PayScope.Everything("reviewer"), Ct);

        Assert.Contains("preparing", await RefusedAsync(() => company.Runs.ApproveAsync(run, PaidCompany.Preparer, Ct)), StringComparison.Ordinal);
        // Another user of the same person, and the same user under another name.
        Assert.Contains("preparing", await RefusedAsync(() => company.Runs.ApproveAsync(run, new PayActor("renamed", PaidCompany.Preparer.User, null), Ct)), StringComparison.Ordinal);
        Assert.Contains("reviewed", await RefusedAsync(() => company.Runs.ApproveAsync(run, PaidCompany.Reviewer, Ct)), StringComparison.Ordinal);
        Assert.Contains("pays you", await RefusedAsync(() => company.Runs.ApproveAsync(run, new PayActor("boss", Guid.NewGuid(), "hr:S1"), Ct)), StringComparison.Ordinal);
        await company.Runs.ApproveAsync(run, PaidCompany.Approver, Ct);
        Assert.Equal(["locked"], await company.World.TextsAsync("select state from pay_run"));
    }

    [Fact]
    public async Task Who_prepared_as_one_user_cannot_approve_as_another_of_the_same_person()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        var (first, second) = (new PayActor("work", Guid.NewGuid(), "hr:S2"), new PayActor("private", Guid.NewGuid(), "hr:S2"));
        var run = await company.Runs.PrepareAsync("answering", "2026-05", first, Ct);
        await company.Runs.SendAsync(run, PaidCompany.Preparer, Ct);
        await company.Runs.ReviewAsync(run, PaidCompany.Reviewer, PayScope.Everything("reviewer"), Ct);

        Assert.Contains("preparing", await RefusedAsync(() => company.Runs.ApproveAsync(run, second, Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_reviews_his_people_and_not_himself()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.JoinAsync("hr:S2");
        var run = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);
        await company.Runs.SendAsync(run, PaidCompany.Preparer, Ct);
        var manager = new PayActor("manager", Guid.NewGuid(), "hr:S1");
        var both = new PayScope("manager", false, ["hr:T1", "hr:T2"], "hr:S1");

        Assert.Equal(1, await company.Runs.ReviewAsync(run, manager, both, Ct));

        Assert.Equal(["hr:S2"], await company.World.TextsAsync("select staff_key from pay_step where step = 'reviewed'"));
        Assert.Contains("1 of its statements", await RefusedAsync(() => company.Runs.ApproveAsync(run, PaidCompany.Approver, Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_prepared_reviews_nothing_and_a_reviewer_takes_his_own_reviews_back()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.JoinAsync("hr:S2");
        var run = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);
        await company.Runs.SendAsync(run, PaidCompany.Preparer, Ct);
        var all = PayScope.Everything("all");

        Assert.Contains("reviewed by somebody else", await RefusedAsync(() => company.Runs.ReviewAsync(run, PaidCompany.Preparer, all, Ct)), StringComparison.Ordinal);
        var lead = new PayActor("lead", Guid.NewGuid(), null);
        Assert.Equal(1, await company.Runs.ReviewAsync(run, lead, new PayScope("lead", false, ["hr:T1"], null), Ct));
        Assert.Equal(1, await company.Runs.ReviewAsync(run, PaidCompany.Reviewer, all, Ct));
        Assert.Equal(1, await company.Runs.WithdrawAsync(run, PaidCompany.Reviewer, "I looked at the wrong quarter", Ct));

        Assert.Contains("none of these", await RefusedAsync(() => company.Runs.WithdrawAsync(run, PaidCompany.Reviewer, null, Ct)), StringComparison.Ordinal);
        Assert.Equal(1, (await company.Reader.RunAsync(all, run, Ct))!.Unreviewed);
        Assert.Equal([("hr:S1", true), ("hr:S2", false)], (await company.Reader.StatementsAsync(all, run, null, Ct)).OrderBy(s => s.Staff, StringComparer.Ordinal).Select(s => (s.Staff, s.IsReviewed)));
        // Who took his review back is as free as before, once somebody else has reviewed.
        await company.Runs.ReviewAsync(run, lead, all, Ct);
        await company.Runs.ApproveAsync(run, PaidCompany.Reviewer, Ct);
        Assert.Contains("is locked", await RefusedAsync(() => company.Runs.WithdrawAsync(run, lead, null, Ct)), StringComparison.Ordinal);
        Assert.Equal(["reviewed", "reviewed", "withdrawn", "reviewed"], await company.World.TextsAsync("select step from pay_step where staff_key is not null order by step_id"));
    }

    [Fact]
    public async Task The_last_who_can_approve_takes_no_part_before()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        var run = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);
        var guarded = new PayRuns(company.Db, company.World.Clock) { Approvers = [PaidCompany.Preparer, PaidCompany.Approver] };

        foreach (var part in new Func<Task>[] { () => guarded.SendAsync(run, PaidCompany.Approver, Ct), () => guarded.RecalculateAsync(run, PaidCompany.Approver, Ct), () => guarded.ReleaseAsync(run, "hr:S1", run, "answered", 1, "why", PaidCompany.Approver, Ct) })
            Assert.Contains("the only one left who can approve", await RefusedAsync(part), StringComparison.Ordinal);
        await guarded.SendAsync(run, PaidCompany.Preparer, Ct);
        Assert.Contains("then nobody can", await RefusedAsync(() => guarded.ReviewAsync(run, PaidCompany.Approver, PayScope.Everything("all"), Ct)), StringComparison.Ordinal);
        await guarded.ReviewAsync(run, PaidCompany.Reviewer, PayScope.Everything("all"), Ct);
        await guarded.ApproveAsync(run, PaidCompany.Approver, Ct);
    }

    [Fact]
    public async Task A_run_sent_back_is_reviewed_anew()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        var run = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);
        await company.Runs.SendAsync(run, PaidCompany.Preparer, Ct);
        await company.Runs.ReviewAsync(run, PaidCompany.Reviewer, PayScope.Everything("reviewer"), Ct);
        await company.Runs.SendBackAsync(run, PaidCompany.Reviewer, "the incentive is wrong", Ct);
        await company.Runs.RecalculateAsync(run, PaidCompany.Preparer, Ct);
        await company.Runs.SendAsync(run, PaidCompany.Preparer, Ct);

        Assert.Contains("nobody has reviewed", await RefusedAsync(() => company.Runs.ApproveAsync(run, PaidCompany.Approver, Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abandoned_run_leaves_its_period_to_another_and_a_locked_one_stays()
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        var first = await company.Runs.PrepareAsync("answering", "2026-05", PaidCompany.Preparer, Ct);
        await company.Runs.AbandonAsync(first, PaidCompany.Preparer, "a wrong plan", Ct);

        var second = await company.LockAsync("2026-05");

        Assert.NotEqual(first, second);
        Assert.Contains("locked", await RefusedAsync(() => company.Runs.AbandonAsync(second, PaidCompany.Preparer, "no", Ct)), StringComparison.Ordinal);
        Assert.Contains("locked", await RefusedAsync(() => company.Runs.RecalculateAsync(second, PaidCompany.Preparer, Ct)), StringComparison.Ordinal);
        Assert.Contains("run already", await RefusedAsync(() => company.Runs.PrepareAsync("answering", "2026-04", PaidCompany.Preparer, Ct)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update pay_statement set payable = payable, carried_out = 0")]
    [InlineData("delete from pay_statement")]
    [InlineData("truncate pay_statement cascade")]
    [InlineData("update pay_run set state = 'draft', hash = null")]
    [InlineData("delete from pay_run")]
    [InlineData("insert into pay_statement select run_id, 'hr:S9', 'N', 0, 0, 0, 0, 0, 0, '{}', '' from pay_run")]
    [InlineData("insert into pay_adjustment (run_id, staff_key, kind, of_run_id, cause, amount, rows) select run_id, 'hr:S1', 'dispute', run_id + 1, 'x', 1, '[]' from pay_run")]
    public async Task What_is_locked_the_database_itself_keeps(string attempt)
    {
        await using var company = await PaidCompany.CreateAsync();
        await company.JoinAsync("hr:S1");
        await company.LockAsync("2026-05");
        await company.World.TextsAsync("alter table pay_adjustment drop constraint pay_adjustment_of_run_id_fkey; alter table pay_step drop constraint pay_step_run_id_fkey; alter table pay_statement drop constraint pay_statement_run_id_fkey cascade");

        var refused = await Assert.ThrowsAsync<PostgresException>(() => company.World.TextsAsync(attempt));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refused.SqlState);
    }

    private static async Task<string> RefusedAsync(Func<Task> attempt) => (await Assert.ThrowsAsync<PayException>(attempt)).Message;
}
