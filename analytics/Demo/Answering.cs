using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>How we behave when somebody waits for us: acknowledge, try, answer here or on another channel, or forget.</summary>
internal sealed class Answering(Customer customer, Conversation conversation, Drafts drafts)
{
    /// <summary>Core people are never forgotten, so the others are forgotten more often to make up the team's share.</summary>
    private const double CorrectionForCore = 2.5;

    private const double SlowFactor = 9, OtherChannel = 0.15, Acknowledged = 0.35;

    public required Turns Turns { private get; init; }

    private DemoRandom Random => customer.Random;

    /// <summary>Plans what follows when a person begins to wait.</summary>
    public void Face(Obligation obligation, Interaction opening, Person person, Strand? thread)
    {
        var team = Structure.Team(obligation.TeamKey);
        var at = obligation.OpenedAt;
        if (thread?.Channel is Channel.Email or Channel.Portal or Channel.Chat && Random.Chance(Acknowledged))
            conversation.Later(at.AddSeconds(Random.Whole(3, 50)), drafts.Acknowledgement(thread), person);

        if (!person.Core && Random.Chance(team.NeverAnswered * CorrectionForCore))
        {
            customer.Contacts.Forget(person, at);
            Remind(obligation, person, thread, at.AddDays(12), likely: 0.45);
            return;
        }

        var answerAt = AnswerTime(team, at, thread);
        if (answerAt - at > TimeSpan.FromHours(20)) Remind(obligation, person, thread, answerAt, likely: 0.5);
        var staff = opening.OwnerKey ?? customer.Owners.At(at);
        if (Random.Chance(0.2)) staff = customer.World.People.Member(team.Key, at, Random);
        if (thread is null) CallBack(person, staff, at, answerAt);
        else Reply(obligation, person, staff, thread, answerAt);
    }

    private DateTimeOffset AnswerTime(TeamPlan team, DateTimeOffset at, Strand? thread)
    {
        var median = team.MedianHours * (customer.Fate.IsSlow(at) ? SlowFactor : 1) * (thread?.Channel == Channel.Chat ? 0.3 : 1);
        var hours = Math.Max(0.03, Random.LogNormal(median, 1.15));
        return Random.Chance(team.AfterHours) ? at.AddHours(hours) : customer.Hours.Add(at, hours);
    }

    private void Reply(Obligation obligation, Person person, string staff, Strand thread, DateTimeOffset at)
    {
        if (Random.Chance(0.12)) conversation.Later(Between(obligation.OpenedAt, at), drafts.Note(thread, staff), person);
        conversation.Later(at, now =>
        {
            // Somebody may have been faster, on another channel or on a colleague's behalf.
            if (obligation.AnsweredAt is not null && Random.Chance(0.6)) return;
            var elsewhere = thread.Channel == Channel.Letter || Random.Chance(OtherChannel);
            conversation.Say(now, elsewhere ? Elsewhere(person, staff, thread) : drafts.Reply(thread, staff), person);
            Turns.AfterAnswer(now, person, staff, thread);
        });
    }

    private Interaction Elsewhere(Person person, string staff, Strand thread) => Random.Pick(
        (0.55, Channel.Phone), (0.25, Channel.Email), (0.12, Channel.Sms), (0.08, Channel.Meeting)) switch
    {
        Channel.Phone => drafts.CallOut(person, staff, connected: true, Random.Whole(45, 1200), thread.ProjectKey),
        Channel.Meeting => drafts.Meeting(staff, thread.Subject, thread.ProjectKey),
        var channel => drafts.Message(channel, staff, thread.Subject, thread.ProjectKey),
    };

    private void CallBack(Person person, string staff, DateTimeOffset openedAt, DateTimeOffset at)
    {
        if (Random.Chance(0.18))
            conversation.Later(Between(openedAt, at), drafts.CallOut(person, staff, connected: false, Random.Whole(0, 40)), person);
        if (Random.Chance(0.05))
            conversation.Later(Between(openedAt, at), drafts.CallOut(person, staff, connected: true, Random.Whole(4, 18)), person);
        var answer = Random.Pick((0.72, 0), (0.1, 1), (0.13, 2), (0.05, 3)) switch
        {
            0 => drafts.CallOut(person, staff, connected: true, Random.Whole(40, 1500)),
            1 => drafts.VoicemailLeft(person, staff),
            2 => drafts.Message(Channel.Email, staff, "Your call: " + Vocabulary.Question(Random)),
            _ => drafts.Message(Channel.Sms, staff, "Your call"),
        };
        conversation.Later(at, answer, person);
    }

    /// <summary>First, second and third reminder, while there is still no answer.</summary>
    private void Remind(Obligation obligation, Person person, Strand? thread, DateTimeOffset until, double likely)
    {
        var at = obligation.OpenedAt;
        for (var reminder = 1; reminder <= 3 && Random.Chance(likely); reminder++)
        {
            at = customer.Hours.Sometime(at.AddHours(Random.Real(18, 50)), Random);
            if (at >= until) return;
            conversation.Later(at, now => Remind(now, obligation, person, thread));
        }
    }

    private void Remind(DateTimeOffset now, Obligation obligation, Person person, Strand? thread)
    {
        if (obligation.AnsweredAt is not null) return;
        var draft = thread is null ? drafts.CallMissed(person, MissedReason.NoAgentAnswered)
            : drafts.Question(thread) with { Subject = "Reminder: " + thread.Subject };
        conversation.Say(now, draft, person);
    }

    private DateTimeOffset Between(DateTimeOffset from, DateTimeOffset to) => from + (to - from) * Random.Real(0.2, 0.8);
}
