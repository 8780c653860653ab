using Followthrough.Analytics.Facts;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Architecture;

/// <summary>The script that spreads the store, over the real schema; in place of Citus stand functions that write down what was asked of them.</summary>
public sealed class ContainerShardTests
{
    private const string Citus = """
        create table pg_dist_partition (logicalrel regclass primary key, how text not null);
        create function create_reference_table(t regclass) returns void language sql as $$ insert into pg_dist_partition values (t, 'everywhere') $$;
        create function create_distributed_table(t regclass, by_column text, colocate_with text) returns void language sql
          as $$ insert into pg_dist_partition values (t, by_column || ' with ' || colocate_with) $$;
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facts_and_ledger_lie_with_their_account_small_tables_everywhere_and_each_key_holds_on_one_shard()
    {
        await using var world = await World.CreateAsync();
        await ExecuteAsync(world.Database, Citus);
        var script = await File.ReadAllTextAsync(Path.Combine(SourceFolder.Root, "containers/citus/distribute.sql"), Cancellation);

        await ExecuteAsync(world.Database, script);
        // Again, as after a new version.
        await ExecuteAsync(world.Database, script);

        var byAccount = FactTable.All.Where(t => t.HasAccount).Select(t => t.Name).ToList();
        var shared = FactTable.All.Select(t => t.Name).Except(byAccount);
        Assert.Equal("account account_id with none", (await world.TextsAsync("select logicalrel || ' ' || how from pg_dist_partition where how like '% none'"))[0]);
        Assert.Empty(byAccount.SelectMany(WithHistory).Concat(["commitment", "quarantine"]).Except(["account"])
            .Except(await world.TextsAsync("select logicalrel::text from pg_dist_partition where how = 'account_id with account'")));
        Assert.Equal(
            shared.SelectMany(WithHistory).Concat(["business_day", "company", "open_interval", "rollup", "rollup_excused", "rollup_hours"]).Order(StringComparer.Ordinal),
            await world.TextsAsync("""select logicalrel::text from pg_dist_partition where how = 'everywhere' order by logicalrel::text collate "C" """));
        Assert.Empty(await world.TextsAsync("select logicalrel::text from pg_dist_partition where logicalrel in ('dirty_account'::regclass, 'fact_template'::regclass)"));
        Assert.Empty(await world.TextsAsync("""
            select i.indexrelid::regclass::text from pg_index i join pg_dist_partition d on d.logicalrel = i.indrelid and d.how <> 'everywhere'
            where i.indisunique and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0] and a.attname = 'account_id')
            """));
        Assert.Empty(await world.TextsAsync("""
            select c.conname from pg_constraint c join pg_dist_partition d on d.logicalrel = c.conrelid where c.contype = 'f'
            """));
        Assert.Empty(await world.TextsAsync("""
            select a.attrelid::regclass::text || '.' || a.attname from pg_attribute a join pg_dist_partition d on d.logicalrel = a.attrelid
            where a.attidentity <> '' and a.atttypid <> 'bigint'::regtype
            """));
    }

    private static IEnumerable<string> WithHistory(string table) => [table, $"{table}_history"];

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
