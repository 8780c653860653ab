using System.Diagnostics;
using Followthrough.Analytics.Jobs;
using Followthrough.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace Followthrough.Tests.Analytics.Jobs;

public sealed class JobScheduleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ScheduledJob EachSecond = ScheduledJob.Of<Witness>("witness", "* * * * * ?", "Etc/UTC", "Witness", "times", "Says that it ran.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_processes_share_one_schedule_and_each_time_is_kept_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await ExecuteAsync(database, "create table witnessed (due timestamptz not null, process text not null)");
        await using var one = Process(database);
        await using var other = Process(database);
        var schedulers = new List<IScheduler>();
        foreach (var process in new[] { one, other })
        {
            var scheduler = await process.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancellation);
            await process.GetRequiredService<JobSchedule>().ApplyAsync(scheduler, [EachSecond], Cancellation);
            await scheduler.Start(Cancellation);
            schedulers.Add(scheduler);
        }
        await UntilAsync(async () => await CountAsync(database, "select count(*) from witnessed") >= 5);
        Assert.Equal(2, await CountAsync(database, "select count(*) from quartz.scheduler_state"));

        // One goes: the other carries on alone.
        await schedulers[0].Shutdown(true, Cancellation);
        var before = await CountAsync(database, "select count(*) from witnessed");
        await UntilAsync(async () => await CountAsync(database, "select count(*) from witnessed") >= before + 2);
        await schedulers[1].Shutdown(true, Cancellation);

        Assert.Equal(await CountAsync(database, "select count(distinct due) from witnessed"), await CountAsync(database, "select count(*) from witnessed"));
    }

    [Fact]
    public async Task A_start_keeps_the_next_time_of_what_is_unchanged_moves_what_changed_and_removes_what_is_gone()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var process = Process(database);
        var schedule = process.GetRequiredService<JobSchedule>();
        var scheduler = await process.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancellation);
        await schedule.ApplyAsync(scheduler, [Nightly("kept", "0 0 2 * * ?"), Nightly("moved", "0 0 2 * * ?"), Nightly("gone", "0 0 2 * * ?")], Cancellation);
        Assert.Equal(3, await CountAsync(database, "select count(*) from quartz.triggers"));
        await ExecuteAsync(database, "update quartz.triggers set next_fire_time = 1");

        await schedule.ApplyAsync(scheduler, [Nightly("kept", "0 0 2 * * ?"), Nightly("moved", "0 0 3 * * ?")], Cancellation);
        Assert.Equal(
            ["kept 0 0 2 * * ? true", "moved 0 0 3 * * ? false"],
            await TextsAsync(database, "select trigger_name || ' ' || cron_expression || ' ' || (next_fire_time = 1)::text from quartz.triggers join quartz.cron_triggers using (trigger_name) order by 1"));
        Assert.Equal(["kept", "moved"], await TextsAsync(database, "select job_name from quartz.job_details order by 1"));
    }

    [Fact]
    public async Task The_jobs_of_the_catalogue_run_and_are_recorded()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2026-03-02T10:00Z"));
        await using var process = Process(world.Database);
        await process.GetRequiredService<JobSchedule>().StartAsync(Cancellation);
        var scheduler = await process.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancellation);
        foreach (var job in JobCatalogue.All) await scheduler.TriggerJob(new JobKey(job.Id), null, Cancellation);
        foreach (var job in JobCatalogue.All)
            await UntilAsync(async () => await world.CountAsync($"select count(*) from job_run where job = '{job.Id}' and cause = 'schedule' and outcome = 'succeeded'") > 0);
        await scheduler.Shutdown(true, Cancellation);
        Assert.Equal(1, await world.CountAsync("select count(*) from commitment"));
    }

    [Fact]
    public async Task The_tables_of_the_schedule_have_the_columns_keys_and_types_that_Quartz_makes_itself()
    {
        await using var database = await TestDatabase.CreateAsync();
        await ExecuteAsync(database, "create schema reference");
        await ExecuteAsync(database, QuartzScript("reference."));
        var ours = await DescribedAsync(database, "quartz");
        // The history that Quartz can keep is ours to keep, in job_run.
        var theirs = (await DescribedAsync(database, "reference"))
            .Where(line => !line.StartsWith("execution_history", StringComparison.Ordinal) && !line.StartsWith("misfire_history", StringComparison.Ordinal)
                && !line.StartsWith("job_status", StringComparison.Ordinal));
        Assert.Equal(theirs, ours);
    }

    private static ScheduledJob Nightly(string id, string cron) => ScheduledJob.Of<Witness>(id, cron, "Europe/Berlin", id, "times", "Says that it ran.");

    // As a program is put together, without its web pages.
    private static ServiceProvider Process(TestDatabase database) =>
        new ServiceCollection().AddLogging().AddSingleton(database.DataSource).AddSingleton(TimeProvider.System).AddJobs().BuildServiceProvider();

    private static string QuartzScript(string prefix)
    {
        using var reader = new StreamReader(typeof(IJob).Assembly.GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_postgres.sql")!);
        return reader.ReadToEnd().Replace("{0}", prefix, StringComparison.Ordinal).Replace("{1}", "", StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<string>> DescribedAsync(TestDatabase database, string schema) => TextsAsync(database, $"""
        select line from (
          select format('%s.%s %s %s %s', table_name, column_name, data_type || coalesce('(' || character_maximum_length || ')', ''), is_nullable, coalesce(column_default, '')) as line
          from information_schema.columns where table_schema = '{schema}'
          union all
          select format('%s: %s', (select relname from pg_class where oid = conrelid), replace(pg_get_constraintdef(oid), '{schema}.', ''))
          from pg_constraint where connamespace = '{schema}'::regnamespace
        ) lines order by line collate "C"
        """);

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<long> CountAsync(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var texts = new List<string>();
        while (await reader.ReadAsync(Cancellation)) texts.Add(reader.GetString(0));
        return texts;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "It did not come about in time.");
            await Task.Delay(100, Cancellation);
        }
    }

    [DisallowConcurrentExecution]
    private sealed class Witness(NpgsqlDataSource db) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            await using var say = db.CreateCommand("insert into witnessed values ($1, $2)");
            say.Parameters.AddWithValue(context.ScheduledFireTimeUtc!.Value);
            say.Parameters.AddWithValue(context.FireInstanceId);
            await say.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
