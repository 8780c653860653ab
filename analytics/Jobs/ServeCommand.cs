using System.CommandLine;
using Followthrough.Analytics.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Followthrough.Analytics.Jobs;

/// <summary><c>analytics serve</c>: the jobs in a process of their own, beside dashboards that are started with <c>--jobs none</c>.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var alive = new Option<string?>("--alive-file") { Description = "File that is written anew every 15 seconds while all is well; for health checks." };
        var command = new Command("serve", "Keeps the ledger fresh and runs what is scheduled until it is stopped; as many at once as wanted.") { alive };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => RunAsync(store, parsed.GetValue(alive), ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, string? alive, CancellationToken ct)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddSimpleConsole(c =>
        {
            (c.SingleLine, c.UseUtcTimestamp, c.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' ");
        });
        builder.Services.AddSingleton(store.DataSource);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddJobs();
        builder.Services.AddHostedService<KeepFresh>();
        using var host = builder.Build();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beating = Heartbeat.RunAsync(alive, store.DataSource, TimeProvider.System, ended.Token);
        Console.WriteLine("Keeping the ledger fresh. Stop with Ctrl-C.");
        await host.RunAsync(ct);
        await ended.CancelAsync();
        await beating;
        return 0;
    }

    private sealed class KeepFresh(JobSchedule schedule, LedgerRefresher refresher) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await schedule.StartAsync(stoppingToken);
            await refresher.RunAsync(stoppingToken);
        }
    }
}
