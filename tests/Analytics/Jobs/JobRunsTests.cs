using Followthrough.Analytics.Jobs;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Jobs;

public sealed class JobRunsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_recorded_with_what_it_could_see_what_it_did_and_how_long_it_took()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:A"));
        var runs = Runs(world);
        await runs.RecordAsync("audit", RunCause.Schedule, (progress, _) =>
        {
            progress.Report((3, 7));
            world.Clock.Advance(TimeSpan.FromMinutes(2));
            return Task.FromResult(new RunResult(5, 1, "all well"));
        }, Cancellation);
        Assert.Equal(["audit schedule succeeded 00:02:00 1 3/7 5 1 all well -"], await RecordsAsync(world));
    }

    [Fact]
    public async Task A_failure_is_recorded_with_its_reason_and_thrown_on()
    {
        await using var world = await World.CreateAsync();
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => Runs(world).RecordAsync(
            "audit", RunCause.Facts, (progress, _) =>
            {
                progress.Report((2, 4));
                throw new InvalidOperationException("no more paper");
            }, Cancellation));
        Assert.Equal("no more paper", failed.Message);
        Assert.Equal(["audit facts failed 00:00:00 0 2/4 0 0 - no more paper"], await RecordsAsync(world));
    }

    [Fact]
    public async Task A_run_that_is_stopped_is_interrupted_and_not_failed()
    {
        await using var world = await World.CreateAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runs(world).RecordAsync("audit", RunCause.Schedule, async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return new RunResult(0, 0, null);
        }, stop.Token));
        Assert.Equal(["audit schedule interrupted 00:00:00 0 0/0 0 0 - -"], await RecordsAsync(world));
    }

    [Fact]
    public async Task A_run_shows_how_far_it_is_while_it_is_at_work()
    {
        await using var world = await World.CreateAsync();
        await Runs(world).RecordAsync("audit", RunCause.Schedule, async (progress, token) =>
        {
            progress.Report((1200, 5000));
            while (await world.CountAsync("select done from job_run where outcome = 'running'") == 0) await Task.Delay(100, token);
            return new RunResult(0, 0, null);
        }, Cancellation);
        Assert.Equal(["audit schedule succeeded 00:00:00 0 1200/5000 0 0 - -"], await RecordsAsync(world));
    }

    [Fact]
    public async Task A_run_that_gives_no_sign_of_life_is_lost_until_it_says_otherwise()
    {
        await using var world = await World.CreateAsync();
        var runs = Runs(world);
        await runs.RecordAsync("slow", RunCause.Schedule, async (_, token) =>
        {
            world.Clock.Advance(JobRuns.Silence + TimeSpan.FromSeconds(1));
            await runs.RecordAsync("other", RunCause.Schedule, (_, _) => Task.FromResult(new RunResult(0, 0, null)), token);
            Assert.Equal(["lost"], await world.TextsAsync("select outcome from job_run where job = 'slow'"));
            return new RunResult(1, 0, null);
        }, Cancellation);
        Assert.Equal(["succeeded 1"], await world.TextsAsync("select outcome || ' ' || written from job_run where job = 'slow'"));
    }

    [Fact]
    public async Task Idle_runs_are_forgotten_after_a_day_and_all_others_kept()
    {
        await using var world = await World.CreateAsync();
        var runs = Runs(world);
        await runs.RecordAsync("audit", RunCause.Schedule, (_, _) => Task.FromResult(new RunResult(0, 0, null)), Cancellation);
        await runs.RecordAsync("audit", RunCause.Schedule, (_, _) => Task.FromResult(new RunResult(0, 0, "one cell differs")), Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => runs.RecordAsync("audit", RunCause.Schedule, (_, _) => throw new InvalidOperationException("x"), Cancellation));
        world.Clock.Advance(TimeSpan.FromHours(25));
        await runs.RecordAsync("audit", RunCause.Schedule, (progress, _) =>
        {
            progress.Report((1, 1));
            return Task.FromResult(new RunResult(0, 0, null));
        }, Cancellation);
        Assert.Equal(
            ["succeeded one cell differs", "failed ", "succeeded "],
            await world.TextsAsync("select outcome || ' ' || coalesce(note, '') from job_run order by job_run_id"));
    }

    private static JobRuns Runs(World world) => new(world.Database.DataSource, world.Clock);

    private static Task<IReadOnlyList<string>> RecordsAsync(World world) => world.TextsAsync("""
        select concat_ws(' ', job, cause, outcome, finished_at - started_at, batch_cut_off, done || '/' || total, written, removed, coalesce(note, '-'), coalesce(error, '-'))
        from job_run order by job_run_id
        """);
}
