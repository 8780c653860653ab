using System.Diagnostics;
using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Analytics.Churn;

/// <summary>kill -9 of the real program while it learns and while it registers what it learned.</summary>
public sealed class KilledTrainingTests
{
    private const string Subject = "customers";
    private const string Of = "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'followthrough'";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_training_leaves_the_champion_and_registers_nothing()
    {
        await using var world = await World.CreateAsync();
        var file = await Customers.Table(600).WriteAsync(world.NewFolder());
        var champion = (await new ChurnTrainer(world.Database.DataSource, world.Clock) { WithTrees = false }.TrainAsync(file, "Churn", [], Ct)).Preferred;
        var registered = await RegisteredAsync(world);

        await KillAsync(world, file, $"{Of} and state = 'idle'");
        Assert.Equal(registered, await RegisteredAsync(world));
        // The last statements of the registration wait for a lock, and die waiting.
        await using (var connection = await world.Database.DataSource.OpenConnectionAsync(Ct))
        await using (await connection.BeginTransactionAsync(Ct))
        {
            await using var hold = new NpgsqlCommand("lock table churn_model in share mode", connection);
            await hold.ExecuteNonQueryAsync(Ct);
            await KillAsync(world, file, $"{Of} and wait_event_type = 'Lock' and query like 'insert into churn_model%'");
        }
        while (await world.CountAsync(Of) > 0) await Task.Delay(20, Ct);
        Assert.Equal(registered, await RegisteredAsync(world));
        Assert.Equal(champion, (await new ChurnRegistry(world.Database.DataSource, world.Clock).ChampionAsync(Subject, Ct))!.Id);

        using var last = Start(world, file);
        await last.WaitForExitAsync(Ct);
        Assert.Equal(0, last.ExitCode);
        Assert.NotEqual(registered, await RegisteredAsync(world));
        Assert.Equal(champion, (await new ChurnRegistry(world.Database.DataSource, world.Clock).ChampionAsync(Subject, Ct))!.Id);
    }

    private static async Task KillAsync(World world, string file, string moment)
    {
        using var training = Start(world, file);
        while (!training.HasExited && await world.CountAsync(moment) == 0) await Task.Delay(5, Ct);
        training.Kill();
        await training.WaitForExitAsync(Ct);
        Assert.NotEqual(0, training.ExitCode);
    }

    private static async Task<string> RegisteredAsync(World world) => (await world.TextsAsync("""
        select concat_ws(' ', (select count(*) from churn_training), (select count(*) from churn_model), (select count(*) from churn_approval))
        """))[0];

    private static Process Start(World world, string file)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Followthrough.Analytics.dll"), "train", "--labels", file, "--seed", "7"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[AnalyticsStore.ConnectionVariable] = world.Database.ConnectionString;
        start.Environment[DataFolder.Variable] = Path.Combine(world.Folder, "data");
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }
}
