using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>Of several versions of a fact the newest counts; the others are history, each with the time it was believed.</summary>
public sealed class VersionTests
{
    private static readonly Interaction Asked =
        Given.Inbound("crm:1", "2026-03-02T10:00Z", key: "mail:1") with { SourceModifiedAt = Given.At("2026-03-02T10:00Z"), Subject = "first" };
    private static readonly Interaction Moved =
        Asked with { OccurredAt = Given.At("2026-03-03T10:00Z"), SourceModifiedAt = Given.At("2026-03-04T10:00Z"), Subject = "second" };
    private static readonly Interaction Gone = Moved with { Deleted = true, SourceModifiedAt = Given.At("2026-03-05T10:00Z") };

    [Fact]
    public async Task A_row_updated_and_then_deleted_ends_as_its_last_version_alone_would()
    {
        await using var clean = await World.CreateAsync();
        await clean.LoadAsync(Given.Account("crm:1"), Gone);
        await using var stepwise = await World.CreateAsync();
        await stepwise.LoadAsync(Given.Account("crm:1"), Asked);
        await stepwise.RefreshAsync();
        var updated = await stepwise.LoadAsync(Moved);
        await stepwise.RefreshAsync();
        var deleted = await stepwise.LoadAsync(Gone);

        Assert.Equal((1, 1), (updated.Files[0].Changed, deleted.Files[0].Changed));
        await clean.RefreshAsync();
        await stepwise.RefreshAsync();
        Assert.Equal(await clean.FactsAsync(), await stepwise.FactsAsync());
        Assert.Equal(await clean.LedgerAsync(), await stepwise.LedgerAsync());
        Assert.Equal(1, await stepwise.CountAsync("select count(*) from commitment"));
    }

    [Fact]
    public async Task An_older_version_that_arrives_late_never_overwrites()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"), Moved);
        await world.RefreshAsync();

        var late = await world.LoadAsync(Asked);

        Assert.Equal((1, 0, 1), (late.Files[0].Read, late.Files[0].Changed, late.Files[0].Unchanged));
        Assert.Equal(["second"], await world.TextsAsync("select subject from interaction"));
        Assert.Empty(await world.TextsAsync("select subject from interaction_history"));
        Assert.Empty(await world.TextsAsync("select account_id from dirty_account"));
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 0)]
    public async Task Of_several_versions_in_one_file_the_newest_wins_wherever_it_stands(int first, int second, int third)
    {
        await using var world = await World.CreateAsync();
        Interaction[] versions = [Asked, Moved, Gone];
        await world.LoadAsync(Given.Account("crm:1"));

        var report = await world.LoadAsync(versions[first], versions[second], versions[third]);

        Assert.Equal((3, 1, 0, 2), (report.Files[0].Read, report.Files[0].Added, report.Files[0].Changed, report.Files[0].Unchanged));
        Assert.Equal(["true"], await world.TextsAsync("select deleted::text from interaction"));
    }

    [Fact]
    public async Task Without_a_source_stamp_the_later_line_and_the_later_load_win()
    {
        await using var world = await World.CreateAsync();
        var unstamped = Asked with { SourceModifiedAt = null };
        await world.LoadAsync(Given.Account("crm:1"), unstamped, unstamped with { Subject = "later line" });
        Assert.Equal(["later line"], await world.TextsAsync("select subject from interaction"));

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.LoadAsync(unstamped with { Subject = "later load" });

        Assert.Equal(["later load"], await world.TextsAsync("select subject from interaction"));
    }

    [Fact]
    public async Task A_change_marks_the_account_from_the_earlier_of_both_times()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"), Asked);
        await world.RefreshAsync();

        await world.LoadAsync(Moved);

        Assert.Equal(["2026-03-02 10:00"], await world.TextsAsync("select to_char(since, 'YYYY-MM-DD HH24:MI') from dirty_account"));
    }

    [Fact]
    public async Task History_holds_what_was_known_and_the_as_known_views_read_it()
    {
        await using var world = await World.CreateAsync();
        world.Clock.Now = Given.At("2026-03-03T00:00Z");
        await world.LoadAsync(Given.Account("crm:1"), Asked);
        world.Clock.Now = Given.At("2026-03-04T12:00Z");
        await world.LoadAsync(Moved);
        world.Clock.Now = Given.At("2026-03-05T12:00Z");
        await world.LoadAsync(Gone);

        Assert.Equal(
            ["first [03-03 00:00, 03-04 12:00)", "second [03-04 12:00, 03-05 12:00)"],
            await world.TextsAsync("select subject || to_char(known_at, ' [MM-DD HH24:MI') || to_char(known_to, ', MM-DD HH24:MI)') from interaction_history order by known_at"));
        Assert.Equal("", await AsKnownAsync(world, "2026-03-02T23:59:59Z"));
        Assert.Equal("first false", await AsKnownAsync(world, "2026-03-03T00:00:00Z"));
        Assert.Equal("first false", await AsKnownAsync(world, "2026-03-04T11:59:59Z"));
        Assert.Equal("second false", await AsKnownAsync(world, "2026-03-04T12:00:00Z"));
        Assert.Equal("second true", await AsKnownAsync(world, "2026-03-05T12:00:00Z"));
    }

    [Fact]
    public async Task A_back_fill_counts_as_known_when_the_source_stamped_it()
    {
        await using var world = await World.CreateAsync();
        var folder = world.NewFolder();
        var unstamped = Given.Inbound("crm:1", "2026-03-01T08:00Z", key: "mail:2") with { Subject = "unstamped" };
        var future = Given.Inbound("crm:1", "2027-03-01T08:00Z", key: "mail:3") with { Subject = "future" };
        await CanonicalCsv.WriteAsync(folder, [Given.Account("crm:1"), Moved, unstamped, future], TestContext.Current.CancellationToken);

        await world.LoadPathAsync(folder, backfill: true);

        Assert.Equal(
            ["unstamped 2026-03-01 08:00", "second 2026-03-04 10:00", "future 2026-06-01 12:00"],
            await world.TextsAsync("select subject || to_char(known_at, ' YYYY-MM-DD HH24:MI') from interaction order by known_at"));
        Assert.Equal(["true", "true"], await world.TextsAsync("select backfill::text from batch"));
        Assert.Equal("second false", await AsKnownAsync(world, "2026-03-05T00:00:00Z", "mail:1"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Older_versions_in_a_back_fill_are_history_once_however_often_it_is_loaded(bool twoFiles)
    {
        await using var world = await World.CreateAsync();
        Fact[][] loads = twoFiles ? [[Given.Account("crm:1"), Asked, Moved], [Gone, Moved, Asked]] : [[Given.Account("crm:1"), Gone, Asked, Moved, Asked], [Moved, Asked, Gone]];
        foreach (var facts in loads)
        {
            var folder = world.NewFolder();
            await CanonicalCsv.WriteAsync(folder, facts, TestContext.Current.CancellationToken);
            await world.LoadPathAsync(folder, backfill: true);
        }

        Assert.Equal(
            ["first [03-02 10:00, 03-04 10:00)", "second [03-04 10:00, 03-05 10:00)"],
            await world.TextsAsync("select subject || to_char(known_at, ' [MM-DD HH24:MI') || to_char(known_to, ', MM-DD HH24:MI)') from interaction_history order by known_at"));
        Assert.Equal("first false", await AsKnownAsync(world, "2026-03-03T00:00:00Z"));
        Assert.Equal("second false", await AsKnownAsync(world, "2026-03-04T12:00:00Z"));
        Assert.Equal("second true", await AsKnownAsync(world, "2026-03-06T00:00:00Z"));
    }

    private static async Task<string> AsKnownAsync(World world, string at, string key = "mail:1")
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var enter = new NpgsqlCommand("select set_config('search_path', 'as_known, public', true), set_config('followthrough.known_as_of', $1, true)", connection)
        {
            Parameters = { new() { Value = at } },
        };
        await enter.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var read = new NpgsqlCommand("select subject || ' ' || deleted::text from interaction where source_key = $1", connection) { Parameters = { new() { Value = key } } };
        return (string?)await read.ExecuteScalarAsync(TestContext.Current.CancellationToken) ?? "";
    }
}
