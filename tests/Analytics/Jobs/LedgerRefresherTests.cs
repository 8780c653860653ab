using System.Diagnostics;
using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Jobs;
using Followthrough.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Followthrough.Tests.Analytics.Jobs;

public sealed class LedgerRefresherTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Facts_that_are_loaded_reach_the_ledger_by_themselves_and_the_run_is_recorded()
    {
        await using var world = await World.CreateAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Refresher(world).RunAsync(stop.Token);

        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2026-03-02T10:00Z"));
        await UntilAsync(async () => await world.CountAsync("select count(*) from commitment") == 1);
        await world.LoadAsync(Given.Outbound("crm:A", "2026-03-02T11:00Z"));
        await UntilAsync(async () => await world.CountAsync("select count(fulfilled_at) from commitment") == 1);

        await UntilAsync(async () => await world.CountAsync("select coalesce(sum(written), 0)::bigint from job_run where outcome = 'succeeded'") == 2);
        // A run says how far it went for certain: what was loaded while it ran is told by the next one.
        await UntilAsync(async () => await world.CountAsync("select max(batch_cut_off) from job_run") == await world.CountAsync("select max(batch_id) from batch"));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_lost_connection_is_made_again_and_nothing_is_missed()
    {
        await using var world = await World.CreateAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = Refresher(world).RunAsync(stop.Token);
        await UntilAsync(async () => await world.CountAsync("select count(*) from pg_stat_activity where datname = current_database() and query like 'listen%'") > 0);

        await world.TextsAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'");
        await world.LoadAsync(Given.Account("crm:A"), Given.Inbound("crm:A", "2026-03-02T10:00Z"));
        await UntilAsync(async () => await world.CountAsync("select count(*) from commitment") == 1);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static LedgerRefresher Refresher(World world) => new(
        world.Database.DataSource, new Ledger(world.Database.DataSource, TimeProvider.System), TimeProvider.System, NullLogger<LedgerRefresher>.Instance);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "It did not come about in time.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
