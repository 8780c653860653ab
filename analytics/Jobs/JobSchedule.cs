using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>The schedule that all processes on a database share: each firing happens in one of them.</summary>
public sealed class JobSchedule(ISchedulerFactory schedulers, TimeProvider clock)
{
    /// <summary>Name of the schedule in the database.</summary>
    public const string Name = "Followthrough";

    /// <summary>Makes the schedule that of the catalogue and takes part in it until the program ends.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        await ApplyAsync(scheduler, JobCatalogue.All, ct);
        await scheduler.Start(ct);
    }

    /// <summary>Has a job of the catalogue run as soon as one of the processes can; after a run that goes on already, it runs again.</summary>
    public async Task RunNowAsync(string job, CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        // Nobody may have taken part in the schedule yet.
        await ApplyAsync(scheduler, JobCatalogue.All, ct);
        await scheduler.TriggerJob(new JobKey(job), ct);
    }

    /// <summary>Adds what is new, changes what runs at other times, removes what is no longer done; the rest keeps its next time.</summary>
    internal async Task ApplyAsync(IScheduler scheduler, IReadOnlyList<ScheduledJob> jobs, CancellationToken ct)
    {
        var known = await scheduler.QueryJobs(new JobQuery(), ct);
        await scheduler.DeleteJobs([.. known.Items.Select(job => job.Key).Where(key => jobs.All(job => Key(job) != key))], ct);
        foreach (var job in jobs)
            if (!await IsAppliedAsync(scheduler, job, ct))
                await scheduler.ScheduleJob(Detail(job), [Trigger(job)], ScheduleJobOptions.Replacing, ct);
    }

    private static async Task<bool> IsAppliedAsync(IScheduler scheduler, ScheduledJob job, CancellationToken ct) =>
        await scheduler.GetTrigger(TriggerKey(job), ct) is ICronTrigger there
        && there.CronExpressionString == job.Cron && there.TimeZone.Id == job.Zone
        && await scheduler.GetJobDetail(Key(job), ct) is { } detail && detail.JobType.Type == job.Work;

    private static IJobDetail Detail(ScheduledJob job) =>
        JobBuilder.Create().OfType(job.Work).WithIdentity(Key(job)).WithDescription(job.Name).Build();

    private ITrigger Trigger(ScheduledJob job) =>
        TriggerBuilder.Create(clock).WithIdentity(TriggerKey(job)).ForJob(Key(job))
            .WithCronSchedule(job.Cron, cron => cron.InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(job.Zone))).Build();

    private static JobKey Key(ScheduledJob job) => new(job.Id);

    private static TriggerKey TriggerKey(ScheduledJob job) => new(job.Id);
}
