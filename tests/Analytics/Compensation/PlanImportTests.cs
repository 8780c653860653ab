using Followthrough.Analytics.Compensation;

namespace Followthrough.Tests.Analytics.Compensation;

/// <summary>Plans and their members from files.</summary>
public sealed class PlanImportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_members_is_read_and_each_bad_line_is_named_with_its_field()
    {
        var read = await PlanMemberFile.ReadAsync(new StringReader("staff_key;first_day;last_day;incentive\nhr:S1;2026-01-01;2026-06-30;777.5\n;2026-01-01;;\nhr:S2;soon;;\nhr:S3;2026-01-01;;much\nhr:S4\n"), "crew.csv", Ct);

        Assert.Equal([(2L, new NewMember("hr:S1", new DateOnly(2026, 1, 1), new DateOnly(2026, 7, 1), 777.5m))], read.Lines);
        Assert.Equal(
            [
                "crew.csv line 3: staff_key is missing: whom the plan is to pay.", "crew.csv line 4: first_day “soon” is no day; expected one such as 2026-07-01.",
                "crew.csv line 5: incentive “much” is no amount; expected one such as 6000, or nothing for the plan's.", "crew.csv line 6: has 1 fields; expected 4 as in the header.",
            ],
            read.Problems);
        Assert.Contains("line 1: the column first_day is missing", Assert.Single((await PlanMemberFile.ReadAsync(new StringReader("staff_key\nhr:S1\n"), "a.csv", Ct)).Problems), StringComparison.Ordinal);
        Assert.Contains("a.csv line 2: ", Assert.Single((await PlanMemberFile.ReadAsync(new StringReader("staff_key,first_day\n\"hr:S1,2026-01-01\n"), "a.csv", Ct)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_and_members_come_from_files_all_plans_or_none_and_the_good_lines_of_members()
    {
        await using var company = await PaidCompany.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("plans");
        try
        {
            var (good, bad, people) = (Path.Combine(folder.FullName, "good.yaml"), Path.Combine(folder.FullName, "bad.yaml"), Path.Combine(folder.FullName, "crew.csv"));
            await File.WriteAllTextAsync(good, PaidCompany.Answering.Replace("plan: answering", "plan: crew", StringComparison.Ordinal), Ct);
            await File.WriteAllTextAsync(bad, PaidCompany.Answering.Replace("weight: 100", "weight: 90", StringComparison.Ordinal), Ct);
            await File.WriteAllTextAsync(people, "staff_key,first_day\nhr:S1,2026-01-01\nhr:S9,2026-01-01\nhr:S1,2026-02-01\n", Ct);

            var (code, said, wrong) = await PlansAsync(company, good, bad);
            Assert.Equal((1, ""), (code, said));
            Assert.Contains("bad.yaml line 7: The weights add up to 90", wrong, StringComparison.Ordinal);
            Assert.Empty(await new PayPlanStore(company.Db, company.World.Clock).VersionsAsync("crew", Ct));

            Assert.Equal((0, "crew: version 1, from 2026-01-01.", ""), await PlansAsync(company, good));
            Assert.Contains("good.yaml: Nothing was changed.", (await PlansAsync(company, good)).Wrong, StringComparison.Ordinal);
            await company.WriteAsync(await File.ReadAllTextAsync(good, Ct), "2027-01-01", follows: 1);
            Assert.Equal((1, "", "Version 1 holds since 2026-01-01; only one whose first day is to come can be withdrawn. Write another version in its place."), await WithdrawAsync(company, 1));
            Assert.Equal((0, "crew: version 2 is withdrawn.", ""), await WithdrawAsync(company, 2));

            var (output, errors) = (new StringWriter(), new StringWriter());
            Assert.Equal(1, await PlanImportCommands.MembersAsync(company.Db, company.World.Clock, "crew", people, output, errors, Ct));
            Assert.Equal("1 taken in, 2 could not be used.", output.ToString().Trim());
            Assert.Contains("crew.csv line 3: There is nobody with the key “hr:S9”.", errors.ToString(), StringComparison.Ordinal);
            Assert.Contains("crew.csv line 4: ", errors.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Said, string Wrong)> WithdrawAsync(PaidCompany company, int version)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await PlanWithdrawCommand.RunAsync(company.Db, company.World.Clock, "crew", version, "a wrong day", output, errors, Ct);
        return (code, output.ToString().Trim(), errors.ToString().Trim());
    }

    private static async Task<(int Code, string Said, string Wrong)> PlansAsync(PaidCompany company, params string[] files)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await PlanImportCommands.PlansAsync(company.Db, company.World.Clock, files, "2026-01-01", "from files", output, errors, Ct);
        return (code, output.ToString().Trim(), errors.ToString().Trim());
    }
}
