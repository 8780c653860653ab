using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>The milestones of a project: what was agreed, believed, moved, told and accepted.</summary>
internal sealed class Milestones(Customer customer, Conversation conversation, Drafts drafts)
{
    private DemoRandom Random => customer.Random;
    private Timeline Timeline => customer.Timeline;

    public void Run(Job job)
    {
        var count = Random.Whole(3, 6);
        var slip = 0.0;
        var accepted = job.Start;
        for (var i = 1; i <= count; i++)
        {
            var due = customer.Hours.Sometime(job.Start + (job.PlannedEnd - job.Start) * ((double)i / count), Random);
            // Part of a delay is caught up before the next milestone.
            slip = slip * 0.75 + (Random.Chance(0.72) ? Random.Real(-6, 0) : Random.LogNormal(9, 0.8));
            var done = customer.Hours.Sometime(due.AddDays(slip), Random);
            accepted = done > accepted ? done : customer.Hours.Sometime(accepted.AddDays(1), Random);
            if (!(accepted > job.CancelledAt)) job.Accepted.Add(accepted);
            var budget = job.Budget!.Value;
            var planned = i == count ? budget - job.Stages.Sum(s => s.PlannedCost) : Math.Round(budget / count, 0);
            var stage = new Stage(customer.NextKey("pm:M"), planned, i == 1 ? job.Start : job.Stages[^1].To, accepted);
            job.Stages.Add(stage);
            Write(job, stage, i == count ? "Final acceptance" : Random.Pick(Vocabulary.Milestones), due);
        }

        if (!job.Cancelled) job.End = accepted;
    }

    private void Write(Job job, Stage stage, string name, DateTimeOffset due)
    {
        var (key, accepted) = (stage.MilestoneKey, stage.To);
        var days = (accepted - due).TotalDays;
        var notice = days > 5 && Random.Chance(0.65) ? Notify(job, name, due) : null;
        var cause = days > 5 && Random.Chance(0.45)
            ? Random.Pick<Party?>((0.4, Party.Customer), (0.3, Party.ThirdParty), (0.3, Party.Ours)) : null;
        var known = Timeline.Has(due) || Timeline.Has(accepted);
        var cancelled = accepted > job.CancelledAt ? Timeline.Past(job.CancelledAt) : null;
        var acceptedAt = cancelled is null ? Timeline.Past(accepted) : null;
        customer.Files.Add(new Milestone
        {
            SourceKey = key,
            OccurredAt = job.Start,
            SourceModifiedAt = acceptedAt ?? cancelled ?? customer.Stamp(job.Start),
            Account = customer.Key,
            ProjectKey = job.Key,
            Name = name,
            AcceptedAt = acceptedAt,
            CancelledAt = cancelled,
            CancelledBy = cancelled is null ? null : Party.Customer,
            DelayCause = known ? cause : null,
            CauseEvidenceKey = known && cause is not null ? notice : null,
        });
        Agree(stage, 0, job.Start, due, null, job.ManagerKey, job.Start.AddDays(Random.Whole(0, 4)));
        if (days > (IsMover(job) ? 0.5 : 4)) Move(job, stage, due);
        Believe(job, key, due, accepted);
    }

    /// <summary>Tells the customer about a delay; the key of the message when it lies in history.</summary>
    private string? Notify(Job job, string name, DateTimeOffset due)
    {
        var at = customer.Hours.Sometime(due.AddDays(Random.Real(-12, 3)), Random);
        if (at <= job.Start || !IsRunning(job, at)) return null;
        var person = customer.Contacts.Core(1);
        var message = drafts.Message(Channel.Email, job.ManagerKey, "Schedule update: " + name, job.Key);
        conversation.Later(at, message, person);
        if (Random.Chance(0.45))
        {
            var call = drafts.CallOut(person, job.ManagerKey, connected: true, Random.Whole(120, 1500), job.Key);
            conversation.Later(at.AddMinutes(Random.Whole(5, 300)), call, person);
        }

        return message.SourceKey;
    }

    private static bool IsMover(Job job) => job.TeamKey == Structure.RebaseliningTeam;

    private void Move(Job job, Stage stage, DateTimeOffset due)
    {
        var moves = IsMover(job);
        if (!Random.Chance(moves ? 0.94 : 0.4)) return;
        var afterwards = Random.Chance(moves ? 0.08 : 0.06);
        var at = customer.Hours.Sometime(due.AddDays(afterwards ? Random.Real(1, 9) : Random.Real(-18, -3)), Random);
        if (at <= job.Start || !IsRunning(job, at)) return;
        var acknowledged = Random.Chance(afterwards ? 0.15 : moves ? 0.97 : 0.85) ? Timeline.Past(at.AddHours(Random.Whole(2, 70))) : null;
        Agree(stage, 1, at, stage.To.AddDays(Random.Whole(0, 4)), Random.Pick(Vocabulary.Reasons), job.ManagerKey, acknowledged);
        customer.World.Truth.Planted.Rebaselined(job.TeamKey, Timeline.DayOf(at) > Timeline.DayOf(due));
    }

    private bool IsRunning(Job job, DateTimeOffset at) => Timeline.Has(at) && !(at >= job.CancelledAt);

    private void Agree(
        Stage stage, int version, DateTimeOffset at, DateTimeOffset due, string? reason, string approver, DateTimeOffset? acknowledged)
    {
        var known = acknowledged is { } told ? Timeline.Past(told) : null;
        customer.Files.Add(new MilestoneBaseline
        {
            SourceKey = $"{stage.MilestoneKey}-B{version}",
            OccurredAt = at,
            SourceModifiedAt = known ?? customer.Stamp(at),
            Account = customer.Key,
            MilestoneKey = stage.MilestoneKey,
            Version = version,
            DueOn = Timeline.DayOf(due),
            Reason = reason,
            ApprovedByKey = approver,
            AcknowledgedAt = known,
            // With a new date often comes a higher cost.
            PlannedCost = version > 0 && customer.Apart.Chance(0.3)
                ? Math.Round(stage.PlannedCost * (decimal)customer.Apart.Real(1.05, 1.2), 0) : stage.PlannedCost,
        });
    }

    /// <summary>Forecasts come ever closer to what will happen.</summary>
    private void Believe(Job job, string milestone, DateTimeOffset due, DateTimeOffset accepted)
    {
        ReadOnlySpan<(int DaysBefore, double Knowing)> steps = [(60, 0.0), (30, 0.25), (12, 0.55), (3, 0.85), (-6, 1.0)];
        foreach (var (daysBefore, knowing) in steps)
        {
            var at = Timeline.WholeSecond(due.AddDays(-daysBefore + Random.Real(-1, 1)));
            if (at <= job.Start || at >= accepted || !IsRunning(job, at)) continue;
            var believed = due.AddDays((accepted - due).TotalDays * knowing + Random.Normal() * 2 * (1 - knowing));
            customer.Files.Add(new MilestoneForecast
            {
                SourceKey = customer.NextKey("pm:F"),
                OccurredAt = at,
                SourceModifiedAt = customer.Stamp(at),
                Account = customer.Key,
                MilestoneKey = milestone,
                ForecastOn = Timeline.DayOf(believed > at ? believed : at.AddDays(2)),
                StaffKey = job.ManagerKey,
            });
        }
    }
}
