using Followthrough.Analytics.Schema;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Schema;

public sealed class JobMigrationTests
{
    [Fact]
    public async Task Runs_recorded_before_jobs_had_a_record_are_kept()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        var scripts = SchemaScript.Embedded();
        var before = scripts.TakeWhile(script => script.Name != "0013_jobs").ToList();
        await ApplyAsync(database, before);
        await ExecuteAsync(database, """
            insert into refresh_run (started_at, finished_at, batch_cut_off, accounts, written, removed, error) values
            ('2026-03-01T00:00Z', '2026-03-01T00:00:05Z', 3, 10, 20, 2, null), ('2026-03-02T00:00Z', '2026-03-02T00:00:01Z', 4, 0, 0, 0, 'no disk')
            """);
        await ApplyAsync(database, scripts);
        Assert.Equal(
            "ledger_refresh succeeded 00:00:05 3 10/10 20 2 -; ledger_refresh failed 00:00:01 4 0/0 0 0 no disk",
            await ScalarAsync(database, """
                select string_agg(concat_ws(' ', job, outcome, finished_at - started_at, batch_cut_off, done || '/' || total, written, removed, coalesce(error, '-')), '; ' order by started_at)
                from job_run
                """));
    }

    private static Task<IReadOnlyList<string>> ApplyAsync(TestDatabase database, IReadOnlyList<SchemaScript> scripts) =>
        new Migrator(database.DataSource, TimeProvider.System).ApplyAsync(scripts, TestContext.Current.CancellationToken);

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<object?> ScalarAsync(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
