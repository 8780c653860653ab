using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Metrics;

/// <summary>Figures that were worked out before: whose they are, and for how long.</summary>
public sealed class FigureCacheTests
{
    private static readonly Viewer[] Scopes =
    [
        Viewer.Everything("a"), new("a", [], null), new("a", ["t:1"], null), new("a", ["t:2"], null), new("a", ["t:1", "t:2"], null), new("a", ["t:1t:2"], null),
        new("a", null, ""), new("a", null, "hr:1"), new("a", ["t:1"], "hr:1"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Two_people_share_a_figure_only_when_they_see_exactly_the_same()
    {
        var keys = Scopes.Select(viewer => FigureKey.Of(Question(viewer), "figure")).ToList();
        Assert.Equal(Scopes.Length, keys.Distinct().Count());
        Assert.Equal(FigureKey.Of(Question(new Viewer("a", ["t:1", "t:2"], null)), "figure"), FigureKey.Of(Question(new Viewer("b", ["t:2", "t:1"], null)), "figure"));
    }

    [Fact]
    public async Task A_figure_is_kept_for_the_same_scope_and_worked_out_for_any_other()
    {
        await using var world = await WorldAsync();
        var cache = new FigureCache(world.Clock);
        var (all, again) = (await ReadAsync(world, cache, Viewer.Everything("a")), await ReadAsync(world, cache, Viewer.Everything("b")));
        Assert.Same(all, again);
        Assert.Equal(2, all.N);
        Assert.Equal(1, (await ReadAsync(world, cache, new Viewer("a", ["t:North"], null))).N);
        Assert.Equal(0, (await ReadAsync(world, cache, new Viewer("a", ["t:South"], null))).N);
        Assert.Equal(1, (await ReadAsync(world, cache, new Viewer("a", null, "hr:Ann"))).N);
        Assert.Equal(0, (await ReadAsync(world, cache, new Viewer("a", [], null))).N);
    }

    [Fact]
    public async Task A_kept_figure_is_over_with_new_data_and_with_the_minute()
    {
        await using var world = await WorldAsync();
        var cache = new FigureCache(world.Clock);
        var before = await ReadAsync(world, cache, Viewer.Everything("a"));
        await world.LoadAsync(Given.Account("crm:C"), Given.Inbound("crm:C", "2026-05-03T09:00Z", key: "q3"));
        await world.RefreshAsync();
        var after = await ReadAsync(world, cache, Viewer.Everything("a"));
        Assert.Equal((2, 3), (before.N, after.N));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = await ReadAsync(world, cache, Viewer.Everything("a"));
        Assert.Equal(TimeSpan.FromMinutes(1), later.AsOf - after.AsOf);
    }

    [Fact]
    public async Task A_figure_is_worked_out_once_for_all_who_ask_at_once_and_again_when_that_failed()
    {
        var set = new FigureSet("v", DateTimeOffset.UnixEpoch);
        var (key, made, gate) = (FigureKey.Of(Question(Viewer.Everything("a")), "figure"), 0, new TaskCompletionSource());
        async Task<string> MakeAsync()
        {
            await gate.Task;
            return Interlocked.Increment(ref made) == 1 ? throw new InvalidOperationException("first") : "figure";
        }
        var asked = Enumerable.Range(0, 10).Select(_ => set.GetAsync(key, MakeAsync, Ct)).ToList();
        gate.SetResult();
        var answers = await Task.WhenAll(asked.Select(async task =>
        {
            try
            {
                return await task;
            }
            catch (InvalidOperationException first)
            {
                return first.Message;
            }
        }));
        Assert.Equal((1, 9), (answers.Count(answer => answer == "first"), answers.Count(answer => answer == "figure")));
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task An_earlier_moment_that_is_kept_says_what_one_derived_for_the_question_says()
    {
        await using var world = await WorldAsync();
        var at = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromDays(2));
        await world.LoadAsync(Given.Account("crm:C"), Given.Inbound("crm:C", "2026-05-03T09:00Z", key: "q3"));
        await world.RefreshAsync();
        await using var moments = new KnownMoments(world.Database.DataSource, world.Clock);
        await using var kept = new MetricReader(world.Database.DataSource, world.Clock, new FigureCache(world.Clock), moments);
        await using var derived = new MetricReader(world.Database.DataSource, world.Clock);
        foreach (var metric in MetricCatalogue.Commitments)
            foreach (var durations in new[] { true, false })
            {
                var query = new MetricQuery { Metric = metric.Id, AsOf = at, WithDurations = durations, Viewer = Viewer.Everything("a") };
                var (one, other) = (await kept.CommitmentsAsync(query, Ct), await derived.CommitmentsAsync(query with { WithDurations = true }, Ct));
                Assert.Equal((other.Kept, other.Missed, other.Pending, other.Reason), (one.Kept, one.Missed, one.Pending, one.Reason));
                Assert.Equal((await derived.WaitingAsync(query, 5, Ct)).Rows.Select(r => r.CommitmentKey), (await kept.WaitingAsync(query, 5, Ct)).Rows.Select(r => r.CommitmentKey));
            }
        Assert.Same(await moments.AskAsync(at, Ct), await moments.AskAsync(at, Ct));
        Assert.Equal(2, (await kept.CommitmentsAsync(new MetricQuery { Metric = "respond_24h", AsOf = at, Viewer = Viewer.Everything("a") }, Ct)).N);
    }

    [Fact]
    public async Task History_that_comes_in_later_changes_a_moment_that_was_kept()
    {
        await using var world = await WorldAsync();
        await using var moments = new KnownMoments(world.Database.DataSource, world.Clock);
        var at = world.Clock.Now;
        world.Clock.Advance(TimeSpan.FromDays(2));
        var first = await moments.AskAsync(at, Ct);
        await world.LoadAsync(Given.Inbound("crm:A", "2026-06-03T09:00Z", key: "new"));
        Assert.Same(first, await moments.AskAsync(at, Ct));
        await using var backfill = world.Database.DataSource.CreateCommand("""
            insert into batch (source, mapping, mapping_hash, name, sha256, bytes, records, read, added, changed, unchanged, rejected, backfill, known_at)
            values ('file', 'canonical', '', 'history.csv', 'x', 0, 0, 0, 0, 0, 0, 0, true, '2026-05-01')
            """);
        await backfill.ExecuteNonQueryAsync(Ct);
        Assert.NotSame(first, await moments.AskAsync(at, Ct));
    }

    [Fact]
    public async Task Of_many_moments_the_last_few_are_kept_and_each_can_be_asked_again()
    {
        await using var world = await WorldAsync();
        await using var moments = new KnownMoments(world.Database.DataSource, world.Clock);
        var now = world.Clock.Now;
        for (var round = 0; round < 2; round++)
            await Task.WhenAll(Enumerable.Range(1, 6).Select(async days =>
            {
                await using var reader = new MetricReader(world.Database.DataSource, world.Clock, new FigureCache(world.Clock), moments);
                var query = new MetricQuery { Metric = "respond_24h", AsOf = now.AddDays(-days), Viewer = Viewer.Everything("a") };
                Assert.Equal(0, (await reader.CommitmentsAsync(query, Ct)).N);
            }));
        await moments.AskAsync(now.AddDays(-6), Ct);
        Assert.Equal(3, Enumerable.Range(1, 6).Count(days => moments.IsKept(now.AddDays(-days))));
    }

    [Fact]
    public async Task What_takes_long_is_shown_as_it_was_while_it_is_worked_out_anew_and_what_does_not_never_is()
    {
        await using var world = await WorldAsync();
        var cache = new FigureCache(world.Clock);
        var began = world.Clock.Now;
        Assert.Equal((2, null), await SoonAsync(world, cache, slow: true));
        Assert.Equal((2, null), await SoonAsync(world, cache, slow: false));
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.LoadAsync(Given.Account("crm:C"), Given.Inbound("crm:C", "2026-05-03T09:00Z", key: "q3"));
        await world.RefreshAsync();
        Assert.Equal((3, null), await SoonAsync(world, cache, slow: false));
        Assert.Equal((2, began), await SoonAsync(world, cache, slow: true));
        var (n, earlier) = (2L, (DateTimeOffset?)began);
        for (var tries = 0; earlier is not null && tries < 100; tries++)
        {
            await Task.Delay(50, Ct);
            (n, earlier) = await SoonAsync(world, cache, slow: true);
        }
        Assert.Equal((3, null), (n, earlier));
        world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((3, null), await SoonAsync(world, cache, slow: true));
    }

    private static async Task<(long N, DateTimeOffset? Earlier)> SoonAsync(World world, FigureCache cache, bool slow)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock, cache);
        var question = Question(Viewer.Everything("a"));
        var whole = await reader.SoonAsync(question, slow ? "slow" : "quick", async (asked, ct) =>
        {
            if (slow) await Task.Delay(600, ct);
            return await asked.CommitmentsAsync(question, ct);
        }, Ct);
        return (whole.Value.N, whole.Earlier);
    }

    private static async Task<CommitmentValue> ReadAsync(World world, FigureCache cache, Viewer viewer)
    {
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock, cache);
        return await reader.CommitmentsAsync(Question(viewer), Ct);
    }

    private static MetricQuery Question(Viewer viewer) => new() { Metric = "respond_24h", Viewer = viewer };

    // Two questions to Ann's and nobody's customers, both never answered.
    private static async Task<World> WorldAsync()
    {
        var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Account("crm:B"), Given.Staff("hr:Ann"), Given.Team("t:North"), Given.Membership("hr:Ann", "t:North"),
            Given.Assignment("crm:A", "hr:Ann"), Given.Inbound("crm:A", "2026-05-01T09:00Z", key: "q1"), Given.Inbound("crm:B", "2026-05-02T09:00Z", key: "q2"));
        await world.RefreshAsync();
        return world;
    }
}
