using Followthrough.Analytics.Compensation;
using Followthrough.Tests.Support;
using Npgsql;
using static Followthrough.Tests.Analytics.Compensation.PlanTexts;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Plans, members and splits are appended and never changed; what does not fit is refused in words.</summary>
public sealed class PayPlanStoreTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly ManualClock Clock = new(new DateTimeOffset(2026, 9, 15, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PayPlanStore Plans => new(database.DataSource, Clock);

    private PayMembers Members => new(database.DataSource, Clock);

    private CreditSplits Splits => new(database.DataSource, Clock);

    [Fact]
    public async Task In_force_is_the_newest_version_of_the_latest_first_day()
    {
        var text = ServiceTeam.Replace("service-team", "force");
        await AppendAsync(text, "2026-01-01", 0);
        await AppendAsync(text.Replace("weight: 50", "weight: 50.0"), "2026-07-01", 1);
        await AppendAsync(text.Replace("dispute_days: 10", "dispute_days: 15"), "2026-04-01", 2);
        // A correction of the version that holds from July.
        await AppendAsync(text.Replace("dispute_days: 10", "dispute_days: 20"), "2026-07-01", 3);
        Assert.Equal([null, 1, 3, 4], await Task.WhenAll(new[] { "2025-12-31", "2026-03-31", "2026-06-30", "2026-07-01" }.Select(async day => (await Plans.InForceAsync("force", DateOnly.Parse(day), Ct))?.Version)));
        Assert.Equal([4, 3, 2, 1], (await Plans.VersionsAsync("force", Ct)).Select(v => v.Version));
        Assert.Equal(20, (await Plans.InForceAsync("force", new DateOnly(2027, 1, 1), Ct))!.Plan.DisputeDays);
    }

    [Fact]
    public async Task A_version_to_come_is_withdrawn_with_a_reason_and_what_has_begun_stays()
    {
        var text = ServiceTeam.Replace("service-team", "withdrawn");
        Task<PlanChange> WithdrawAsync(int version, string reason = "a wrong day") => DoAsync(c => Plans.WithdrawAsync(c, "withdrawn", version, new(2026, 9, 15), "ann", reason, Ct));
        await AppendAsync(text, "2026-01-01", 0);
        await AppendAsync(text.Replace("dispute_days: 10", "dispute_days: 15"), "2026-10-01", 1);
        Assert.Contains("holds since 2026-01-01", (await Assert.ThrowsAsync<PlanRefusedException>(() => WithdrawAsync(1))).Message, StringComparison.Ordinal);
        Assert.Contains("Say why", (await Assert.ThrowsAsync<PlanRefusedException>(() => WithdrawAsync(2, " "))).Message, StringComparison.Ordinal);
        Assert.Contains("no version 3", (await Assert.ThrowsAsync<PlanRefusedException>(() => WithdrawAsync(3))).Message, StringComparison.Ordinal);

        Assert.Equal("version 2 withdrawn: a wrong day", (await WithdrawAsync(2)).After);

        Assert.Contains("withdrawn already, by ann: “a wrong day”", (await Assert.ThrowsAsync<PlanRefusedException>(() => WithdrawAsync(2))).Message, StringComparison.Ordinal);
        Assert.Equal(1, (await Plans.InForceAsync("withdrawn", new DateOnly(2027, 1, 1), Ct))?.Version);
        Assert.Equal(new PlanWithdrawal(Clock.Now, "ann", "a wrong day"), (await Plans.VersionsAsync("withdrawn", Ct))[0].Withdrawn);
        Assert.Equal([1], (await PlanVersion.ReadAsync(database.DataSource, Clock, "withdrawn", Ct)).Select(v => v.Version));
        // The same text can come again, under a number of its own.
        await AppendAsync(text.Replace("dispute_days: 10", "dispute_days: 15"), "2026-10-01", 2);
        Assert.Equal(3, (await Plans.InForceAsync("withdrawn", new DateOnly(2026, 10, 1), Ct))?.Version);
    }

    [Fact]
    public void A_version_is_held_against_the_one_it_follows_and_not_against_the_number_before()
    {
        PayPlanVersion Version(int number, int month, bool withdrawn = false) => new()
        {
            PlanId = "p",
            Version = number,
            Document = "",
            Hash = "",
            FromDay = new DateOnly(2026, month, 1),
            MadeAt = default,
            MadeBy = "ann",
            Reason = "why",
            Withdrawn = withdrawn ? new PlanWithdrawal(default, "ann", "why") : null,
        };
        PayPlanVersion[] versions = [Version(1, 1), Version(2, 10), Version(3, 7), Version(4, 8, withdrawn: true), Version(5, 9)];
        int? Follows(int number) => PayPlanVersion.Replaced(versions, versions[number - 1])?.Version;
        Assert.Equal([null, 5, 1, 3, 3], Enumerable.Range(1, 5).Select(Follows));
        // What took the place of the first from its first day on is held against that.
        versions = [Version(1, 1), Version(2, 1)];
        Assert.Equal([null, 1], new[] { 1, 2 }.Select(Follows));
    }

    [Fact]
    public async Task What_was_not_reasoned_not_changed_faulty_or_overtaken_is_refused()
    {
        var text = ServiceTeam.Replace("service-team", "refused");
        await AppendAsync(text, "2026-01-01", 0);
        Assert.Contains("There is a plan “refused” already", await RefusedAsync(c => Plans.AppendAsync(c, text, "EUR", new(2026, 4, 1), "ann", "why", 0, Ct)), StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", await RefusedAsync(c => Plans.AppendAsync(c, text, "EUR", new(2026, 1, 1), "ann", "why", 1, Ct)), StringComparison.Ordinal);
        Assert.Contains("Say why", await RefusedAsync(c => Plans.AppendAsync(c, text, "EUR", new(2026, 4, 1), "ann", " ", 1, Ct)), StringComparison.Ordinal);
        Assert.Contains("add up to 110", await RefusedAsync(c => Plans.AppendAsync(c, text.Replace("weight: 50", "weight: 55"), "EUR", new(2026, 4, 1), "ann", "why", 1, Ct)), StringComparison.Ordinal);
        Assert.Contains("pays once a quarter", await RefusedAsync(c => Plans.AppendAsync(c, text.Replace("every: quarter", "every: month"), "EUR", new(2026, 4, 1), "ann", "why", 1, Ct)), StringComparison.Ordinal);
        await AppendAsync(text.Replace("dispute_days: 10", "dispute_days: 15"), "2026-04-01", 1);
        Assert.Contains("Meanwhile ann made version 2", await RefusedAsync(c => Plans.AppendAsync(c, text.Replace("dispute_days: 10", "dispute_days: 9"), "EUR", new(2026, 4, 1), "bob", "why", 1, Ct)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_who_save_at_once_make_one_version_and_one_sentence()
    {
        var text = ServiceTeam.Replace("service-team", "at-once");
        await AppendAsync(text, "2026-01-01", 0);
        var outcomes = await Task.WhenAll(new[] { 11, 12 }.Select(async days =>
        {
            try
            {
                await AppendAsync(text.Replace("dispute_days: 10", $"dispute_days: {days}"), "2026-04-01", 1);
                return null;
            }
            catch (PlanRefusedException refused)
            {
                return refused.Message;
            }
        }));
        Assert.Contains("Meanwhile ann made version 2", Assert.Single(outcomes, said => said is not null), StringComparison.Ordinal);
        Assert.Equal(2, (await Plans.VersionsAsync("at-once", Ct)).Count);
    }

    [Fact]
    public async Task A_membership_ends_by_another_row_and_never_overlaps()
    {
        await PeopleAsync();
        await AppendAsync(ServiceTeam.Replace("service-team", "members"), "2026-01-01", 0);
        var added = await DoAsync(c => Members.AddAsync(c, "members", "hr:A", new(2026, 1, 1), null, 5_000, "ann", Ct));
        Assert.Equal(new PlanChange("pay plan members: member hr:A", null, "from 2026-01-01 on, with an incentive of his own"), added);
        Assert.Contains("is in the plan already from 2026-01-01 on", await RefusedAsync(c => Members.AddAsync(c, "members", "hr:A", new(2026, 5, 1), null, null, "ann", Ct)), StringComparison.Ordinal);
        Assert.Contains("There is nobody with the key “hr:X”", await RefusedAsync(c => Members.AddAsync(c, "members", "hr:X", new(2026, 5, 1), null, null, "ann", Ct)), StringComparison.Ordinal);
        Assert.Contains("There is no plan “none”", await RefusedAsync(c => Members.AddAsync(c, "none", "hr:A", new(2026, 5, 1), null, null, "ann", Ct)), StringComparison.Ordinal);

        var member = Assert.Single(await Members.OfAsync("members", Ct));
        await DoAsync(c => Members.EndAsync(c, "members", member.Id, new(2026, 4, 1), "bob", Ct));
        await DoAsync(c => Members.AddAsync(c, "members", "hr:A", new(2026, 5, 1), null, null, "ann", Ct));
        var both = await Members.OfAsync("members", Ct);
        Assert.Equal([(new DateOnly(2026, 1, 1), new DateOnly(2026, 4, 1), 5_000m), (new DateOnly(2026, 5, 1), (DateOnly?)null, null)], both.Select(m => (m.FromDay, m.ToDay, m.Incentive)));
        Assert.Contains("is in the plan again", await RefusedAsync(c => Members.EndAsync(c, "members", both[0].Id, null, "bob", Ct)), StringComparison.Ordinal);
        Assert.Equal("bob", await TextAsync($"select replaced_by from pay_member where member_id = {member.Id} and to_day is null"));
    }

    [Fact]
    public async Task Shares_that_do_not_add_up_to_a_whole_are_refused_and_an_account_is_split_from_a_day_on()
    {
        await PeopleAsync();
        await DoAsync(c => SplitAsync(c, "2026-01-01", ("hr:A", 0.6m, false), ("hr:B", 0.4m, false), ("hr:C", 1, true)));
        Assert.Equal(
            "The shares add up to 90 %, not to 100: 60 + 30. An overlay is said to be one and comes on top.",
            await RefusedAsync(c => SplitAsync(c, "2026-04-01", ("hr:A", 0.6m, false), ("hr:B", 0.3m, false))));
        Assert.Contains("add up to 0 %", await RefusedAsync(c => SplitAsync(c, "2026-04-01", ("hr:C", 1, true))), StringComparison.Ordinal);
        Assert.Contains("hr:A has two shares", await RefusedAsync(c => SplitAsync(c, "2026-04-01", ("hr:A", 0.5m, false), ("hr:A", 0.5m, false))), StringComparison.Ordinal);
        await DoAsync(c => SplitAsync(c, "2026-07-01", ("hr:B", 1, false)));
        var change = await DoAsync(c => SplitAsync(c, "2026-04-01"));
        Assert.Equal("from 2026-01-01 to 2026-03-31 hr:A 60 % + hr:B 40 % + hr:C 100 % overlay", change.After);
        Assert.Contains("There is no split to end", await RefusedAsync(c => SplitAsync(c, "2026-04-01")), StringComparison.Ordinal);
        // On no day do shares add up to anything but a whole, in any state that was ever recorded.
        Assert.Equal("0", await TextAsync("""
            select count(*)::text from (
              select from_day, replaced_at from credit_split where account_key = 'crm:1' and not overlay group by from_day, to_day, replaced_at having sum(share) <> 1) odd
            """));
    }

    [Fact]
    public void A_form_changes_values_where_they_stand_and_leaves_the_rest_of_the_text_alone()
    {
        var changed = PlanFields.Apply(AccountManager, new Dictionary<string, string>
        {
            ["incentive"] = "7200",
            ["name"] = "Key \"accounts\": all",
            ["components.0.points.1.at"] = "93.5",
            ["gates.0.limit"] = "nonsense",
            ["components.9.weight"] = "1",
        });
        Assert.Equal(4, PlanDifference.Of(AccountManager, changed).Count(l => l.Fate == LineFate.Added));
        Assert.Contains("incentive: 7200\n", changed, StringComparison.Ordinal);
        Assert.Contains("      - { at: 93.5, pays: 100 }\n", changed, StringComparison.Ordinal);
        Assert.Contains("    limit: \"nonsense\"\n", changed, StringComparison.Ordinal);
        Assert.Equal("Key \"accounts\": all", PlanFields.Of(changed).Single(f => f.Path == "name").Value);
        Assert.Equal(AccountManager, PlanFields.Apply(AccountManager, PlanFields.Of(AccountManager).ToDictionary(f => f.Path, f => f.Value)));
        Assert.Empty(PlanFields.Of("plan: [a"));
    }

    private Task<PlanChange> SplitAsync(NpgsqlConnection connection, string from, params (string Staff, decimal Share, bool Overlay)[] shares) =>
        Splits.SetAsync(connection, "crm:1", DateOnly.Parse(from), [.. shares.Select(s => new CreditShare(s.Staff, s.Share, s.Overlay))], "ann", Ct);

    private Task<PlanChange> AppendAsync(string text, string from, int expected) => DoAsync(c => Plans.AppendAsync(c, text, "EUR", DateOnly.Parse(from), "ann", "because", expected, Ct));

    private async Task<PlanChange> DoAsync(Func<NpgsqlConnection, Task<PlanChange>> change)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var done = await change(connection);
        await transaction.CommitAsync(Ct);
        return done;
    }

    private async Task<string> RefusedAsync(Func<NpgsqlConnection, Task<PlanChange>> change) => (await Assert.ThrowsAsync<PlanRefusedException>(() => DoAsync(change))).Message;

    private async Task PeopleAsync()
    {
        if (await TextAsync("select count(*)::text from staff") != "0") return;
        await using var world = World.Over(database);
        await world.LoadAsync(Given.Staff("hr:A"), Given.Staff("hr:B"), Given.Staff("hr:C"), Given.Account("crm:1"));
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return (await command.ExecuteScalarAsync(Ct))?.ToString() ?? "";
    }
}
