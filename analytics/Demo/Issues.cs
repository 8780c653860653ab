using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>Problems with a project and how they were worked off.</summary>
internal sealed class Issues(Customer customer, Conversation conversation, Drafts drafts, Inquiries inquiries)
{
    private DemoRandom Random => customer.Random;
    private Timeline Timeline => customer.Timeline;

    /// <summary>Raises the issues of a job; calls <paramref name="resolved"/> with each one's key and when it was resolved.</summary>
    public void Raise(Job job, Action<string, Person, DateTimeOffset> resolved)
    {
        for (var at = job.Start.AddDays(20); ;)
        {
            at = at.AddDays(Random.Exponential(140));
            if (at > job.End.AddDays(90)) return;
            var raised = customer.Hours.Sometime(at, Random);
            if (!Timeline.Has(raised)) return;
            Raise(job, raised, resolved);
        }
    }

    private void Raise(Job job, DateTimeOffset at, Action<string, Person, DateTimeOffset> resolved)
    {
        var person = customer.Contacts.Core(2);
        var title = Vocabulary.Problem(Random);
        var thread = inquiries.Open(at, Random.Pick((0.6, Channel.Portal), (0.4, Channel.Email)), title);
        conversation.Later(at, drafts.Question(thread), person);
        var issue = new Issue
        {
            SourceKey = customer.NextKey("desk:I"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.Key,
            Title = title,
            Priority = Random.Pick((0.2, Priority.Low), (0.5, Priority.Normal), (0.22, Priority.High), (0.08, Priority.Urgent)),
            Channel = thread.Channel,
            ContactKey = person.Key,
            ProjectKey = job.Key,
            ThreadKey = thread.Key,
            OwnerKey = customer.World.People.Member(customer.Region.ServiceTeam, at, Random),
            ChargeableToUs = Random.Pick<bool?>((0.35, true), (0.45, false), (0.2, null)),
        };
        customer.Files.Add(issue);
        WorkOff(issue, thread, person, resolved);
    }

    private void WorkOff(Issue issue, Strand thread, Person person, Action<string, Person, DateTimeOffset> resolved)
    {
        var at = issue.OccurredAt;
        Enter(issue, State.New, at, null);
        at = customer.Hours.Add(at, Random.LogNormal(2, 0.8));
        Enter(issue, State.Open, at, null);
        if (Random.Chance(0.35)) at = AskBack(issue, thread, person, at);
        if (Random.Chance(0.06)) Enter(issue, State.OnHold, at = customer.Hours.Add(at, 4), null);
        var median = issue.Priority switch { Priority.Urgent => 5, Priority.High => 14, Priority.Normal => 30, _ => 60 };
        at = customer.Hours.Add(at, Random.LogNormal(median, 0.7));
        Enter(issue, State.Resolved, at, null);
        if (Random.Chance(0.06))
        {
            Enter(issue, State.Reopened, at = customer.Hours.Add(at, Random.Real(3, 40)), null);
            Enter(issue, State.Resolved, at = customer.Hours.Add(at, Random.LogNormal(median, 0.6)), null);
        }

        if (Timeline.Has(at)) resolved(issue.SourceKey, person, at);
        Enter(issue, State.Closed, Timeline.WholeSecond(at.AddDays(7)), null);
    }

    /// <summary>Waits for the customer; the question we sent proves it, their answer ends it.</summary>
    private DateTimeOffset AskBack(Issue issue, Strand thread, Person person, DateTimeOffset at)
    {
        var asked = customer.Hours.Add(at, Random.LogNormal(3, 0.6));
        var question = drafts.Reply(thread, issue.OwnerKey!);
        conversation.Later(asked, question, person);
        Enter(issue, State.PendingCustomer, asked, question.SourceKey);
        var answered = customer.Hours.Add(asked, Random.LogNormal(9, 0.7));
        conversation.Later(answered, drafts.Question(thread) with { Subject = "Re: " + thread.Subject }, person);
        Enter(issue, State.Open, answered, null);
        return answered;
    }

    private void Enter(Issue issue, State state, DateTimeOffset at, string? proof)
    {
        if (!Timeline.Has(at)) return;
        customer.Files.Add(new IssueState
        {
            SourceKey = customer.NextKey("desk:S"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.Key,
            IssueKey = issue.SourceKey,
            State = state,
            StaffKey = state == State.New ? null : issue.OwnerKey,
            InteractionKey = proof,
        });
    }
}
