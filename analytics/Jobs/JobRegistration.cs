using Followthrough.Analytics.CallLists;
using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Rollups;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>Puts the work that runs by itself into a program.</summary>
public static class JobRegistration
{
    /// <summary>Adds the jobs and their shared schedule; nothing runs before <see cref="JobSchedule.StartAsync"/>.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<Ledger>();
        services.AddSingleton<LedgerRefresher>();
        services.AddSingleton<JobRuns>();
        services.AddSingleton<RollupAuditor>();
        services.AddSingleton<ChurnTrainer>();
        services.AddSingleton<ChurnScorer>();
        services.AddSingleton<CallListStore>();
        services.AddSingleton<ClosingDesk>();
        services.AddSingleton<EditionWriter>();
        services.AddSingleton<StabilityCheck>();
        services.AddSingleton<JobSchedule>();
        services.AddQuartz(quartz => quartz
            .ConfigureScheduler(options =>
            {
                options.InstanceName = JobSchedule.Name;
                // What is stopped half-way goes on at the next run, so a stop need not wait for it.
                options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            })
            .UsePersistentStore(store => store
                .UsePostgres(source => source.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>())
                .ConfigureStore(options => options.TablePrefix = "quartz.")
                .UseClustering(_ => { })));
        services.AddQuartzHostedService(options =>
        {
            options.AutoStart = false;
            options.WaitForJobsToComplete = true;
        });
        return services;
    }
}
