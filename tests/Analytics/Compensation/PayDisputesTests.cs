using Followthrough.Analytics.Compensation;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Compensation;

public sealed class PayDisputesTests
{
    private static readonly PayScope Own = new("ada", false, [], "hr:S1");
    private static readonly PayActor Person = new("ada", Guid.NewGuid(), "hr:S1");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_accepted_dispute_is_a_line_of_the_next_run_and_the_statement_stays()
    {
        await using var company = await MayLockedAsync();
        var before = await company.World.TextsAsync("select document::text || hash from pay_statement where run_id = 1");
        var dispute = await RaiseAsync(company);
        await company.Disputes.DecideAsync(dispute, 125.50m, "the mails were moved by mistake", PaidCompany.Approver, Ct);
        company.World.Clock.Advance(TimeSpan.FromDays(31));

        var june = await company.LockAsync("2026-06");

        var line = Assert.Single((await company.StatementAsync(june, "hr:S1")).Adjustments);
        Assert.Equal((AdjustmentKind.Dispute, 125.50m, "answered", dispute.Id), (line.Kind, line.Amount, line.Component, line.Dispute));
        Assert.Equal("the mails were moved by mistake", line.Cause);
        Assert.Equal(before, await company.World.TextsAsync("select document::text || hash from pay_statement where run_id = 1"));
        Assert.Equal(june, (await FindAsync(company, dispute.Id)).PaidIn);
        company.World.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Empty((await company.StatementAsync(await company.LockAsync("2026-07"), "hr:S1")).Adjustments);
    }

    [Fact]
    public async Task Neither_who_prepared_nor_who_raised_it_nor_whom_it_is_about_decides()
    {
        await using var company = await MayLockedAsync();
        var dispute = await RaiseAsync(company);

        Assert.Contains("preparing", await RefusedAsync(() => company.Disputes.DecideAsync(dispute, 10, "yes", PaidCompany.Preparer, Ct)), StringComparison.Ordinal);
        Assert.Contains("Somebody else", await RefusedAsync(() => company.Disputes.DecideAsync(dispute, 10, "yes", Person, Ct)), StringComparison.Ordinal);
        Assert.Contains("Somebody else", await RefusedAsync(() => company.Disputes.DecideAsync(dispute, 10, "yes", new PayActor("ada's other user", Guid.NewGuid(), "hr:S1"), Ct)), StringComparison.Ordinal);
        Assert.Contains("Somebody else", await RefusedAsync(() => company.Disputes.AnswerAsync(dispute, "yes", Person, Ct)), StringComparison.Ordinal);
        await company.Disputes.DecideAsync(dispute, null, "the figure is right", PaidCompany.Approver, Ct);
        Assert.Contains("decided already", await RefusedAsync(() => company.Disputes.DecideAsync(dispute, 10, "yes", PaidCompany.Reviewer, Ct)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public async Task The_clock_of_an_answer_is_kept_within_a_day_and_missed_after_it(int hours, bool kept)
    {
        await using var company = await MayLockedAsync();
        var dispute = await RaiseAsync(company);
        Assert.Null(dispute.IsKept(company.World.Clock.Now));
        company.World.Clock.Advance(TimeSpan.FromHours(hours));

        await company.Disputes.AnswerAsync(dispute, "we look at it", PaidCompany.Approver, Ct);

        Assert.Equal(kept, (await FindAsync(company, dispute.Id)).IsKept(company.World.Clock.Now));
    }

    [Fact]
    public async Task The_window_closes_with_the_tenth_business_day()
    {
        await using var company = await MayLockedAsync();
        var until = (await company.Reader.StatementAsync(Own, 1, "hr:S1", Ct))!.DisputableUntil;
        // Locked on Monday 1 June 2026; two weeks of weekdays later.
        Assert.Equal(Given.At("2026-06-16T00:00Z"), until);

        company.World.Clock.Now = until.AddMinutes(1);

        Assert.Contains("window", await RefusedAsync(() => RaiseAsync(company)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_company_s_calendar_says_what_a_business_day_is()
    {
        await using var company = await MayLockedAsync(Given.WorkingWeek("hr:C", "UTC").Append(Given.SpecialDay("hr:C", "2026-06-03")).ToArray());

        Assert.Equal(Given.At("2026-06-17T00:00Z"), (await company.Reader.StatementAsync(Own, 1, "hr:S1", Ct))!.DisputableUntil);
    }

    [Fact]
    public async Task A_line_is_disputed_once_at_a_time_and_only_a_line_there_is()
    {
        await using var company = await MayLockedAsync();
        await RaiseAsync(company);

        Assert.Contains("disputed already", await RefusedAsync(() => RaiseAsync(company)), StringComparison.Ordinal);
        Assert.Contains("no such line", await RefusedAsync(() => RaiseAsync(company, "nothing")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_reads_another_s_statement_or_dispute()
    {
        await using var company = await MayLockedAsync();
        var dispute = await RaiseAsync(company);
        foreach (var stranger in new[] { new PayScope("s2", false, [], "hr:S2"), new PayScope("m2", false, ["hr:T2"], null), new PayScope("nobody", false, [], null) })
        {
            Assert.Null(await company.Reader.StatementAsync(stranger, 1, "hr:S1", Ct));
            Assert.DoesNotContain(await company.Reader.StatementsAsync(stranger, null, null, Ct), s => s.Staff == "hr:S1");
            Assert.Null(await company.Disputes.FindAsync(stranger, dispute.Id, Ct));
        }
        Assert.NotNull(await company.Reader.StatementAsync(new PayScope("m1", false, ["hr:T1"], null), 1, "hr:S1", Ct));
    }

    private static async Task<PaidCompany> MayLockedAsync(params Followthrough.Analytics.Facts.Fact[] more)
    {
        var company = await PaidCompany.CreateAsync();
        if (more.Length > 0)
        {
            await company.World.LoadAsync(more);
            await company.World.RefreshAsync();
        }
        await company.JoinAsync("hr:S1");
        await company.AskAsync("crm:A", "hr:S1", "2026-05", 4, 2);
        await company.LockAsync("2026-05");
        return company;
    }

    private static async Task<PayDispute> RaiseAsync(PaidCompany company, string component = "answered")
    {
        var statement = (await company.Reader.StatementAsync(Own, 1, "hr:S1", Ct))!;
        return await FindAsync(company, await company.Disputes.RaiseAsync(Own, statement, component, "4 of 4", "the mails", Person, Ct));
    }

    private static async Task<PayDispute> FindAsync(PaidCompany company, long dispute) => (await company.Disputes.FindAsync(Own, dispute, Ct))!;

    private static async Task<string> RefusedAsync(Func<Task> attempt) => (await Assert.ThrowsAsync<PayException>(attempt)).Message;
}
