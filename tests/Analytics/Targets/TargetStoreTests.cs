using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Targets;

/// <summary>Targets are set, changed, ended and brought in and out; nothing that was written down is lost.</summary>
public sealed class TargetStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 9, 15, 12, 0, 0, TimeSpan.Zero);

    private World _world = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await World.CreateAsync();
        _world.Clock.Now = Now;
        await _world.LoadAsync(Given.Team("hr:T1"), Given.Team("=T2"), Given.Staff("hr:A"), Given.Membership("hr:A", "hr:T1"));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_change_ends_what_was_before_and_the_history_keeps_both()
    {
        await SetAsync("2026-01-01", null, 90);
        await SetAsync("2026-07-01", null, 95);
        Assert.Equal(["2026-01-01..2026-06-30 90", "2026-07-01.. 95"], await CountingAsync());
        Assert.Equal(3, (await HistoryAsync()).Count);
        var replaced = Assert.Single(await HistoryAsync(), item => item.ReplacedAt is not null);
        Assert.Equal((90m, null, "ada", Now, "ada"), (replaced.Target.Points.Target, replaced.Target.To, replaced.RecordedBy, replaced.ReplacedAt!.Value, replaced.ReplacedBy));
    }

    [Fact]
    public async Task The_same_first_day_corrects_the_same_again_changes_nothing_and_days_that_are_taken_are_refused()
    {
        await SetAsync("2026-01-01", "2026-06-30", 90);
        await SetAsync("2026-01-01", "2026-06-30", 91);
        Assert.False((await SetAsync("2026-01-01", "2026-06-30", 91)).IsNew);
        Assert.Equal(["2026-01-01..2026-06-30 91"], await CountingAsync());
        Assert.Contains("holds on some of these days", (await SetAsync("2026-06-30", null, 95)).Fault, StringComparison.Ordinal);
        Assert.Contains("holds on some of these days", (await SetAsync("2025-06-30", null, 95)).Fault, StringComparison.Ordinal);
        Assert.Null((await SetAsync("2026-07-01", null, 95)).Fault);
    }

    [Fact]
    public async Task Ending_keeps_the_days_it_held_and_ending_before_it_began_undoes_it()
    {
        await SetAsync("2026-01-01", null, 90);
        var id = (await HistoryAsync())[0].Target.Id;
        Assert.NotNull(await InAsync(c => TargetStore.EndAsync(c, id, TargetBookTests.Day("2026-04-01"), "bob", Now, Ct)));
        Assert.Equal(["2026-01-01..2026-03-31 90"], await CountingAsync());
        Assert.Null(await InAsync(c => TargetStore.EndAsync(c, id, TargetBookTests.Day("2026-02-01"), "bob", Now, Ct)));
        var ended = (await HistoryAsync()).First(item => item.ReplacedAt is null).Target.Id;
        await InAsync(c => TargetStore.EndAsync(c, ended, TargetBookTests.Day("2026-01-01"), "bob", Now, Ct));
        Assert.Empty(await CountingAsync());
        Assert.Equal(2, (await HistoryAsync()).Count);
    }

    [Fact]
    public async Task A_kept_figure_notices_a_changed_target_and_an_earlier_moment_knows_the_earlier_one()
    {
        var figures = new FigureCache(_world.Clock);
        var before = await DataVersion.OfNowAsync(_world.Database.DataSource, Ct);
        await SetAsync("2026-01-01", null, 90);
        var set = await DataVersion.OfNowAsync(_world.Database.DataSource, Ct);
        Assert.NotEqual(before, set);
        Assert.Equal(0.9, await GoalAsync(figures, null), 10);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        await SetAsync("2026-01-01", null, 85);
        Assert.NotEqual(set, await DataVersion.OfNowAsync(_world.Database.DataSource, Ct));
        // Within the same minute.
        Assert.Equal(0.85, await GoalAsync(figures, null), 10);
        Assert.Equal(0.9, await GoalAsync(figures, Now), 10);
        Assert.Equal(0.95, await GoalAsync(figures, Now.AddSeconds(-1)), 10);
    }

    [Fact]
    public async Task A_file_reads_back_exactly_whatever_its_keys_are_called()
    {
        await SetAsync("2026-01-01", null, 90.5m);
        await SetAsync("2026-02-01", "2026-06-30", 96, new("=T2", null));
        await SetAsync("2026-02-01", null, 97.125m, new(null, "hr:A"));
        var file = await FileAsync();
        Assert.Contains("respond_24h,'=T2,,2026-02-01,2026-06-30,,96,", file, StringComparison.Ordinal);
        var again = await ImportAsync(file);
        Assert.Equal((0, 3, 0), (again.Changes.Count, again.Unchanged, again.Rejected.Count));
        await using (var forget = _world.Database.DataSource.CreateCommand("delete from metric_target")) await forget.ExecuteNonQueryAsync(Ct);
        Assert.Equal(3, (await ImportAsync(file)).Changes.Count);
        Assert.Equal(file, await FileAsync());
    }

    [Fact]
    public async Task Good_lines_come_in_and_bad_ones_are_named_with_their_line_and_field()
    {
        var import = await ImportAsync("""
            metric,team,person,from_day,last_day,threshold,target,stretch
            respond_24h,,,2026-01-01,,80,95,99
            respond_24h,hr:T9,,2026-01-01,,,95,
            respond_24h,,hr:Nobody,2026-01-01,,,95,
            respond_24h,,,2026-07-01,,,96,
            respond_24h,,,2026-01-01
            promise_kept,,,soon,,,much,
            """);
        Assert.Equal(2, import.Changes.Count);
        Assert.Equal(
            [
                "3 team “hr:T9”: there is none of this key; expected a key of Admin, Teams.", "4 person “hr:Nobody”: there is nobody of this key; expected a key of People.",
                "6 has 4 fields; expected 8 as in the header.", "7 from_day “soon”: expected a day like 2026-01-01. target “much”: expected a number like 95 or 12.5.",
            ],
            import.Rejected.OrderBy(line => line.Number).Select(line => $"{line.Number} {string.Join(' ', line.Faults)}"));
        Assert.Equal(["2026-01-01..2026-06-30 95", "2026-07-01.. 96"], await CountingAsync());
        Assert.Contains("has no threshold, stretch", Assert.Single((await ImportAsync("metric,team,person,from_day,last_day,target\n")).Rejected).Faults[0], StringComparison.Ordinal);
    }

    private async Task<double> GoalAsync(FigureCache figures, DateTimeOffset? asOf)
    {
        await using var reader = new MetricReader(_world.Database.DataSource, _world.Clock, figures);
        return (await reader.TargetsAsync(asOf, Ct)).Goal(MetricCatalogue.Respond24H, new MetricQuery { Metric = "respond_24h", Period = Period.QuarterOf(new(2026, 9, 1)), Viewer = Viewer.Everything("t") });
    }

    private Task<TargetOutcome> SetAsync(string from, string? last, decimal target, TargetScope? scope = null) => InAsync(c => TargetStore.SetAsync(c, new MetricTarget
    {
        Metric = "respond_24h",
        Scope = scope ?? TargetScope.Company,
        From = TargetBookTests.Day(from),
        To = last is null ? null : TargetBookTests.Day(last).AddDays(1),
        Points = new(null, target, null),
    }, "ada", _world.Clock.Now, Ct));

    private Task<TargetImport> ImportAsync(string text) => InAsync(c => TargetImport.TakeAsync(c, new StringReader(text), "ada", Now, Ct));

    private Task<string> FileAsync() => InAsync(async c => TargetFile.Write(await TargetStore.ReadAsync(c, (DateTimeOffset?)null, Ct)));

    private async Task<IReadOnlyList<RecordedTarget>> HistoryAsync() => (await TargetList.ReadAsync(_world.Database.DataSource, new TargetFilter { WithReplaced = true }, 0, null, Ct)).Items;

    private async Task<IEnumerable<string>> CountingAsync() => (await InAsync(c => TargetStore.ReadAsync(c, (DateTimeOffset?)null, Ct)))
        .OrderBy(t => t.From).Select(t => $"{t.From:yyyy-MM-dd}..{t.To?.AddDays(-1):yyyy-MM-dd} {t.Points.Target:0.##}");

    private async Task<T> InAsync<T>(Func<Npgsql.NpgsqlConnection, Task<T>> work)
    {
        await using var connection = await _world.Database.DataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var result = await work(connection);
        await transaction.CommitAsync(Ct);
        return result;
    }
}
