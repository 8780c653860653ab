using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Demo;

/// <summary>The whole way of the demo company, from files to figures, against what really happened in it.</summary>
public sealed class DemoLedgerTests(LoadedDemo demo)
{
    private const double ToleratedPoints = 0.005;
    private const double RequiredShare = 0.98;

    [Fact]
    public async Task The_ledger_finds_the_truth()
    {
        await using var world = await demo.NewWorldAsync();
        var truth = demo.Files.Truth();

        await ObligationsAreThoseThatWere(world, truth);
        await TeamsKeptWhatTheyKept(world, truth);
    }

    private static async Task ObligationsAreThoseThatWere(World world, JsonElement truth)
    {
        var found = (await world.TextsAsync("select commitment_key || ' ' || to_char(opened_at, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from commitment where kind = 'respond'")).ToHashSet();
        var real = truth.GetProperty("obligations").EnumerateArray().Select(o => $"{o[1].GetString()} {o[3].GetString()}").ToHashSet();
        var both = found.Intersect(real).Count();
        Assert.True(both >= RequiredShare * found.Count, $"precision {(double)both / found.Count:P2}");
        Assert.True(both >= RequiredShare * real.Count, $"recall {(double)both / real.Count:P2}");
    }

    private static async Task TeamsKeptWhatTheyKept(World world, JsonElement truth)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        var query = new MetricQuery { Metric = "respond_24h", Viewer = Viewer.Everything("test") };
        var teams = (await reader.CommitmentGroupsAsync(query, Dimension.Team, TestContext.Current.CancellationToken)).ToDictionary(t => t.Key!, t => t.Value);
        Assert.All(truth.GetProperty("teams").EnumerateArray(), team =>
            Assert.Equal(team.GetProperty("within_24h").GetDouble(), teams[team.GetProperty("team").GetString()!].Value!.Value, ToleratedPoints));
        var bad = teams[truth.GetProperty("planted").GetProperty("bad_team").GetProperty("team").GetString()!];
        Assert.True(bad.AnsweredOnly.Value - bad.Value > 0.1, "an answered-only report hides the team that does not answer");
    }
}
