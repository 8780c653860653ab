using System.Diagnostics;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Jobs;

/// <summary>The jobs as a program of their own.</summary>
public sealed class ServeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_refreshes_what_is_loaded_beats_and_ends_when_it_is_told()
    {
        await using var world = await World.CreateAsync();
        var alive = Path.Combine(world.Folder, "alive");
        using var program = Start(world, alive);
        try
        {
            await world.LoadAsync(Given.Account("crm:1"), Given.Inbound("crm:1", "2026-03-02T09:00Z", key: "mail:1"));
            while (await world.CountAsync("select count(*) from commitment") == 0 || !File.Exists(alive))
            {
                Assert.False(program.HasExited, "it ended by itself");
                await Task.Delay(50, Cancellation);
            }

            using var term = Process.Start("kill", ["-TERM", $"{program.Id}"]);
            await program.WaitForExitAsync(Cancellation);

            Assert.Equal(0, program.ExitCode);
        }
        finally
        {
            program.Kill();
        }
    }

    private static Process Start(World world, string alive)
    {
        string[] arguments = ["exec", Path.Combine(AppContext.BaseDirectory, "Followthrough.Analytics.dll"), "serve", "--alive-file", alive];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment[AnalyticsStore.ConnectionVariable] = world.Database.ConnectionString;
        start.Environment[DataFolder.Variable] = Path.Combine(world.Folder, "data");
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return process;
    }
}
