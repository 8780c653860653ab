using Followthrough.Analytics.Schema;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Schema;

public sealed class MigratorTests
{
    private static readonly SchemaScript First = new("0001_first", "create table first (id bigint primary key); insert into first values (1);");
    private static readonly SchemaScript Second = new("0002_second", "alter table first add column note text; update first set note = 'a;b';");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scripts_apply_in_order_and_once()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        var first = await ApplyAsync(database, First);
        var both = await ApplyAsync(database, First, Second);
        var again = await ApplyAsync(database, First, Second);

        Assert.Equal(["0001_first"], first);
        Assert.Equal(["0002_second"], both);
        Assert.Empty(again);
        Assert.Equal("a;b", await ScalarAsync<string>(database, "select string_agg(note, ',') from first"));
    }

    [Fact]
    public async Task The_journal_keeps_name_hash_and_instant()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var before = TimeProvider.System.GetUtcNow();

        await ApplyAsync(database, First);

        Assert.Equal("0001_first|" + First.Sha256, await ScalarAsync<string>(database, "select name || '|' || sha256 from schema_journal"));
        var at = await ScalarAsync<DateTime>(database, "select applied_at from schema_journal");
        Assert.InRange(at, before.UtcDateTime.AddMilliseconds(-1), TimeProvider.System.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task Four_at_once_apply_each_script_once()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var slow = new SchemaScript("0003_slow", "select pg_sleep(0.2); insert into first values (2);");

        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ApplyAsync(database, First, Second, slow))));

        Assert.Equal(["0001_first", "0002_second", "0003_slow"], applied.SelectMany(names => names).Order());
        Assert.Equal(2L, await ScalarAsync<long>(database, "select count(*) from first"));
    }

    [Fact]
    public async Task A_changed_script_is_refused()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await ApplyAsync(database, First);

        var refused = await Assert.ThrowsAsync<StoreException>(() => ApplyAsync(database, First with { Text = First.Text + " " }));

        Assert.Contains("0001_first has changed", refused.Message);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await ApplyAsync(database, First, Second);

        var refused = await Assert.ThrowsAsync<StoreException>(() => ApplyAsync(database, First));

        Assert.Contains("0002_second", refused.Message);
        Assert.Contains("newer", refused.Message);
    }

    [Fact]
    public async Task A_script_numbered_below_an_applied_one_is_refused()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await ApplyAsync(database, First, Second);
        var between = new SchemaScript("0001_second_thought", "select 1");

        var refused = await Assert.ThrowsAsync<StoreException>(() => ApplyAsync(database, First, between, Second));

        Assert.Contains("0001_second_thought comes before 0002_second", refused.Message);
    }

    [Fact]
    public async Task A_failing_script_leaves_nothing_behind_and_the_ones_before_it_stay()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var broken = new SchemaScript("0002_broken", "create table half (id int); insert into half values (1); select 1 / 0;");

        var failed = await Assert.ThrowsAsync<StoreException>(() => ApplyAsync(database, First, broken));

        Assert.Contains("0002_broken failed and was undone: division by zero", failed.Message);
        Assert.False(await ScalarAsync<bool>(database, "select to_regclass('half') is not null"));
        Assert.Equal("0001_first", await ScalarAsync<string>(database, "select string_agg(name, ',') from schema_journal"));
        Assert.Equal(["0002_second"], await ApplyAsync(database, First, Second));
    }

    [Fact]
    public async Task No_scripts_leave_an_empty_database_alone()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();

        Assert.Empty(await ApplyAsync(database));

        Assert.Equal(0L, await ScalarAsync<long>(database, "select count(*) from pg_tables where schemaname = 'public'"));
    }

    [Fact]
    public void A_hash_belongs_to_the_text_it_was_made_of()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", new SchemaScript("0001_empty", "").Sha256);
        Assert.NotEqual(First.Sha256, (First with { Text = "select 2" }).Sha256);
    }

    private static Task<IReadOnlyList<string>> ApplyAsync(TestDatabase database, params SchemaScript[] scripts) =>
        new Migrator(database.DataSource, TimeProvider.System).ApplyAsync(scripts, Cancellation);

    private static async Task<T> ScalarAsync<T>(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
