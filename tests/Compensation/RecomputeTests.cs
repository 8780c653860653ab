using System.Diagnostics;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Analytics.Demo;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Compensation;

/// <summary>What a run pays, computed a second time by a program that shares no line with the first.</summary>
public sealed class RecomputeTests(ITestOutputHelper output)
{
    // Everything a plan can have but a pool, which the second one has.
    private const string Mixed = """
        plan: mixed
        name: Mixed
        currency: EUR
        every: quarter
        incentive: 4321
        cap: { percent: 130 }
        floor: { amount: 100 }
        components:
          - { id: answered, metric: respond_24h, for: person, minimum_n: 3, small_n: accepted, weight: 37.5, straddling: pay, target: 90, points: [{ at: 60, pays: 40 }, { at: 90, pays: 100 }, { at: 99, pays: 133 }] }
          - { id: promises, metric: promise_kept, for: person, minimum_n: 4, small_n: accepted, weight: 22.5, target: 85, points: [{ at: 70, pays: 50 }, { at: 85, pays: 100 }, { at: 95, pays: 140 }] }
          - { id: invoices, metric: invoice_14d, for: team, minimum_n: 10, weight: 40, straddling: pay, target: 80, points: [{ at: 40, pays: 30 }, { at: 80, pays: 100 }, { at: 100, pays: 120 }] }
          - { id: won, metric: won_amount, for: person, minimum_n: 1, tiers: marginal, rates: [{ from: 0, rate: 0.1 }, { from: 50000, rate: 0.35 }] }
        gates:
          - { id: rework, metric: respond_24h, for: team, minimum_n: 10, limit: 55, before: [won] }
        modifiers:
          - { id: quality, metric: call_back_1h, for: team, minimum_n: 10, of: [answered], points: [{ at: 20, pays: 80 }, { at: 70, pays: 110 }] }
        """;

    private const string Pooled = """
        plan: pooled
        name: Pooled
        currency: EUR
        every: quarter
        incentive: 1000
        pool: 7777.77
        components:
          - { id: answered, metric: respond_24h, for: person, minimum_n: 3, small_n: accepted, weight: 60, target: 90, points: [{ at: 50, pays: 40 }, { at: 90, pays: 100 }] }
          - { id: promises, metric: promise_kept, for: team, minimum_n: 10, weight: 40, straddling: pay, target: 85, points: [{ at: 50, pays: 50 }, { at: 85, pays: 100 }] }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_statement_of_three_quarters_is_recomputed_to_the_cent_and_a_changed_input_is_found()
    {
        if (!await HasPythonAsync()) Assert.Skip("python3 is not on this machine.");
        using var demo = await DemoFiles.WriteAsync(accounts: 90);
        await using var world = await World.CreateAsync();
        var db = world.Database.DataSource;
        await (await Company.ReadAsync(db, Ct) with { Currency = "EUR" }).WriteAsync(db, Ct);
        Assert.True((await world.LoadPathAsync(demo.Folder, backfill: true)).Files.Count > 0);
        world.Clock.Now = Given.At("2025-04-01T00:00Z");
        await PlansAsync(world);

        var (statements, adjustments, states) = (0, 0, new HashSet<LineState>());
        foreach (var (label, now) in new[] { ("2025-Q2", "2025-07-03T08:00Z"), ("2025-Q3", "2025-10-03T08:00Z"), ("2025-Q4", "2026-01-03T08:00Z") })
        {
            world.Clock.Now = Given.At(now);
            foreach (var plan in new[] { "mixed", "pooled" })
            {
                var run = await LockAsync(world, plan, label);
                var file = Path.Combine(world.Folder, $"{plan}-{label}.json");
                await File.WriteAllTextAsync(file, await PayBundle.WriteAsync(db, world.Clock, run, Ct), Ct);

                var (code, said) = await RecomputeAsync(file);

                output.WriteLine($"{plan} {label}: {said}");
                Assert.True(code == 0, said);
                await using var connection = await db.OpenConnectionAsync(Ct);
                var all = await PayRunRows.StatementsAsync(connection, run, Ct);
                (statements, adjustments) = (statements + all.Count, adjustments + all.Sum(s => s.Adjustments.Count));
                states.UnionWith(all.SelectMany(s => s.Lines).Select(l => l.State));
            }
        }
        output.WriteLine($"{statements} statements with {adjustments} lines for earlier periods");
        // The company is large enough to meet what the arithmetic can do.
        Assert.Equal(3, states.Count);
        Assert.True(adjustments > 0);

        await FlippedAsync(Path.Combine(world.Folder, "mixed-2025-Q3.json"));
    }

    private static async Task FlippedAsync(string file)
    {
        var text = await File.ReadAllTextAsync(file, Ct);
        var bundle = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        var line = bundle["statements"]!.AsArray().SelectMany(s => s!["segments"]!.AsArray()).SelectMany(s => s!["inputs"]!.AsArray()
            .Where(i => (string)i!["metric"]! == "respond_24h" && (string)i["for"]! == "person" && i["value"] is { } v && (decimal)v is > 60 and < 99 && (long)i["n"]! >= 3)).First()!;
        line["value"] = (decimal)line["value"]! - 1;
        await File.WriteAllTextAsync(file, bundle.ToJsonString(), Ct);

        var (code, said) = await RecomputeAsync(file);

        Assert.Equal(1, code);
        Assert.Contains("recomputed", said, StringComparison.Ordinal);
    }

    private static async Task PlansAsync(World world)
    {
        var db = world.Database.DataSource;
        await using var connection = await db.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var (plans, members) = (new PayPlanStore(db, world.Clock), new PayMembers(db, world.Clock));
        await plans.AppendAsync(connection, Mixed, "EUR", new DateOnly(2025, 1, 1), "test", "the first", 0, Ct);
        await plans.AppendAsync(connection, Mixed.Replace("weight: 37.5", "weight: 32.5", StringComparison.Ordinal).Replace("weight: 22.5", "weight: 27.5", StringComparison.Ordinal), "EUR", new DateOnly(2025, 8, 15), "test", "other weights", 1, Ct);
        await plans.AppendAsync(connection, Pooled, "EUR", new DateOnly(2025, 1, 1), "test", "the first", 0, Ct);
        var staff = await world.TextsAsync("select distinct staff_key from team_membership where not deleted order by 1");
        for (var i = 0; i < staff.Count; i++)
        {
            // Some come late, some leave, some have an incentive of their own.
            var (from, to) = (new DateOnly(2025, 1, 1).AddDays(i % 5 == 0 ? 110 + i : 0), i % 7 == 0 ? new DateOnly(2025, 9, 1).AddDays(i) : (DateOnly?)null);
            await members.AddAsync(connection, "mixed", staff[i], from, to, i % 3 == 0 ? 3000 + 7 * i : null, "test", Ct);
            await members.AddAsync(connection, "pooled", staff[i], from, to, null, "test", Ct);
        }
        await transaction.CommitAsync(Ct);
    }

    private static async Task<long> LockAsync(World world, string plan, string label)
    {
        var runs = new PayRuns(world.Database.DataSource, world.Clock);
        var run = await runs.PrepareAsync(plan, label, new PayActor("one", null, null), Ct);
        await runs.SendAsync(run, new PayActor("one", null, null), Ct);
        await runs.ReviewAsync(run, new PayActor("two", null, null), PayScope.Everything("two"), Ct);
        await runs.ApproveAsync(run, new PayActor("three", null, null), Ct);
        return run;
    }

    private static async Task<(int Code, string Said)> RecomputeAsync(string file)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [Script(), file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, wrong) = (python.StandardOutput.ReadToEndAsync(Ct), python.StandardError.ReadToEndAsync(Ct));
        await python.WaitForExitAsync(Ct);
        return (python.ExitCode, $"{await said}{await wrong}".Trim());
    }

    private static async Task<bool> HasPythonAsync()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["--version"]) { RedirectStandardOutput = true })!;
            await python.WaitForExitAsync(Ct);
            return python.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Script([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(here))!, "recompute.py");
}
