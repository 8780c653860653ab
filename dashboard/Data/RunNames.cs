using Followthrough.Analytics.Jobs;
using Followthrough.Dashboard.Churn;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Data;

/// <summary>Runs of jobs in words.</summary>
internal static class RunNames
{
    internal static string Of(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Running => "Running",
        RunOutcome.Succeeded => "Succeeded",
        RunOutcome.Failed => "Failed",
        RunOutcome.Interrupted => "Interrupted",
        RunOutcome.Lost => "Lost",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>What it means, for whoever points at it.</summary>
    internal static string Meaning(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Running => "It is at work.",
        RunOutcome.Succeeded => "It did all there was to do.",
        RunOutcome.Failed => "An error ended it; the next run tries again.",
        RunOutcome.Interrupted => "The program was stopped; the next run goes on.",
        RunOutcome.Lost => $"Nothing was heard of it for {JobRuns.Silence.TotalMinutes:0} minutes: its program was killed or lost the database.",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>Why it ran.</summary>
    internal static string Because(Run run) => run.Cause switch
    {
        _ when run.AskedBy is { } who => $"started by hand by {who}",
        RunCause.Schedule => "its time had come",
        RunCause.Facts => "facts changed",
        _ => throw new ArgumentOutOfRangeException(nameof(run), run.Cause, null),
    };

    /// <summary>The page on which something is done about what a run says; null where there is none.</summary>
    internal static (string Words, string Path)? Next(string job) => job is JobCatalogue.ChurnScore or JobCatalogue.ChurnTrain ? ("The model", ModelEndpoint.Path) : null;

    internal static string Job(string id) => JobCatalogue.Find(id)?.Name ?? id;

    internal static string Unit(string id) => JobCatalogue.Find(id)?.Unit ?? "units";

    internal static string Lasted(Run run, DateTimeOffset now)
    {
        var length = (run.FinishedAt ?? now) - run.StartedAt;
        return length < TimeSpan.FromMinutes(2) ? Figures.Seconds(length) : Moments.Span(length);
    }

    /// <summary>The sentence under the page's title.</summary>
    internal static string Finding(JobsModel model)
    {
        var jobs = Figures.Count(model.Schedules.Count, "job runs by itself", "jobs run by themselves");
        if (model.Schedules.FirstOrDefault(s => s.IsStuck) is { } stuck) return $"{jobs}; the schedule holds back “{stuck.Job.Name}”.";
        if (model.Schedules.Any(s => s.IsOverdue(model.Frame.Now))) return $"{jobs}, but no program takes part in the schedule right now.";
        return model.Schedules.Count(s => s.LastOutcome is RunOutcome.Failed or RunOutcome.Lost) switch
        {
            0 => $"{jobs}; none failed the last time.",
            var failed => $"{jobs}; {Figures.Count(failed)} failed the last time.",
        };
    }
}
