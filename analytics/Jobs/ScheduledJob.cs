using Quartz;

namespace Followthrough.Analytics.Jobs;

/// <summary>Work that is done at fixed times, by one of the processes that share the schedule.</summary>
public sealed record ScheduledJob
{
    private ScheduledJob(Type work) => Work = work;

    /// <summary>Stable id, the name of its runs.</summary>
    public required string Id { get; init; }

    /// <summary>Name in plain words.</summary>
    public required string Name { get; init; }

    /// <summary>When it runs: second, minute, hour, day of the month, month, day of the week.</summary>
    public required string Cron { get; init; }

    /// <summary>IANA zone in which <see cref="Cron"/> is read.</summary>
    public required string Zone { get; init; }

    /// <summary>What its progress counts, as in "1,200 of 5,000 accounts".</summary>
    public required string Unit { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Description { get; init; }

    internal Type Work { get; }

    internal static ScheduledJob Of<T>(string id, string cron, string zone, string name, string unit, string description) where T : IJob =>
        new(typeof(T)) { Id = id, Name = name, Cron = cron, Zone = zone, Unit = unit, Description = description };
}

/// <summary>Everything that runs by itself; a new job is a class and a line here.</summary>
public static class JobCatalogue
{
    /// <summary>Id of the refresh of the ledger.</summary>
    public const string LedgerRefresh = "ledger_refresh";

    /// <summary>Id of the audit of the roll-ups.</summary>
    public const string RollupAudit = "rollup_audit";

    /// <summary>Id of the weekly training of the churn models.</summary>
    public const string ChurnTrain = "churn_train";

    /// <summary>Id of the nightly scoring of who may leave.</summary>
    public const string ChurnScore = "churn_score";

    /// <summary>Id of the making of weekly call lists.</summary>
    public const string CallLists = "call_lists";

    /// <summary>Id of the writing of editions.</summary>
    public const string Editions = "editions";

    /// <summary>Id of the look whether settled history stays.</summary>
    public const string Stability = "stability";

    /// <summary>All jobs, in the order they are listed.</summary>
    public static IReadOnlyList<ScheduledJob> All { get; } =
    [
        ScheduledJob.Of<LedgerRefreshJob>(LedgerRefresh, "0 * * * * ?", "Etc/UTC", "Refresh of the ledger", "accounts",
            "Works out what is owed in accounts whose facts changed, should the word of the change have been lost, and where a new day begins."),
        ScheduledJob.Of<RollupAuditJob>(RollupAudit, "0 7 * * * ?", "Etc/UTC", "Audit of the roll-ups", "cells",
            "Counts randomly chosen cells of the roll-ups again from the ledger; a single difference fails it."),
        ScheduledJob.Of<ChurnTrainJob>(ChurnTrain, "0 20 1 ? * SUN", "Etc/UTC", "Training of the churn models", "cuts",
            "Trains the churn models on what became of customers at earlier dates. A better model waits until somebody approves it."),
        ScheduledJob.Of<ChurnScoreJob>(ChurnScore, "0 40 3 * * ?", "Etc/UTC", "Scoring of who may leave", "accounts",
            "Gives every customer who can leave a probability, what is at stake and the reasons; says so when customers are no longer like those learned from."),
        ScheduledJob.Of<CallListJob>(CallLists, "0 30 4 ? * MON", "Etc/UTC", "Weekly call lists", "lists",
            "Makes the next of every call list that is made weekly from the newest scoring, and closes the one before."),
        ScheduledJob.Of<EditionJob>(Editions, "0 12 * * * ?", "Etc/UTC", "Closing of quarters", "steps",
            "Writes the quarters down that two people have signed."),
        ScheduledJob.Of<StabilityJob>(Stability, "0 50 4 * * ?", "Etc/UTC", "Stability of the past", "figures",
            "Looks whether figures of past months and closed quarters are what they were; a single movement fails it."),
    ];

    /// <summary>The job of that id, or null.</summary>
    public static ScheduledJob? Find(string id) => All.FirstOrDefault(job => job.Id == id);
}
