using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>The ways in which a customer turns to us of its own accord.</summary>
internal sealed class Inquiries(Customer customer, Conversation conversation, Drafts drafts)
{
    private const double CoreShare = 0.28, ColleagueJoins = 0.03;

    /// <summary>Projects that questions may be about.</summary>
    public required IReadOnlyList<Job> Jobs { private get; init; }

    private DemoRandom Random => customer.Random;

    public void Happen(DateTimeOffset now)
    {
        var person = customer.Contacts.Asker(CoreShare);
        switch (Random.Pick((46, 0), (9, 1), (13, 2), (13, 3), (8, 4), (5, 5), (3, 6), (2, 7), (0.5, 8)))
        {
            case 0: Write(now, person, Channel.Email); break;
            case 1: Write(now, person, Channel.Portal); break;
            case 2: MissCall(now, person); break;
            case 3: conversation.Say(now, drafts.CallTaken(person, customer.Owners.At(now)), person); break;
            case 4: Chat(now, person); break;
            case 5: Write(now, person, Channel.Sms); break;
            case 6: SendWithoutAsking(now, person); break;
            case 7: HangUp(now, person); break;
            default: Write(now, person, Channel.Letter); break;
        }
    }

    /// <summary>A new thread with the colleague who looks after it; without one it falls to the account's owner.</summary>
    public Strand Open(DateTimeOffset now, Channel channel, string subject)
    {
        var people = customer.World.People;
        var owner = Random.Pick((0.35, 0), (0.08, 1), (0.29, 2), (0.28, 3)) switch
        {
            0 => null,
            1 => customer.Owners.At(now),
            2 => people.Member(customer.Region.ProjectsTeam, now, Random),
            _ => people.Member(customer.Region.ServiceTeam, now, Random),
        };
        return drafts.Thread(channel, subject, owner, JobAt(now)?.Key);
    }

    private void Write(DateTimeOffset now, Person person, Channel channel)
    {
        var thread = Open(now, channel, Vocabulary.Question(Random));
        conversation.Say(now, drafts.Question(thread), person);
        if (channel == Channel.Email && Random.Chance(ColleagueJoins))
            conversation.Later(now.AddMinutes(Random.Whole(5, 90)), at => Join(at, thread, person));
    }

    private void Join(DateTimeOffset now, Strand thread, Person first)
    {
        var colleague = customer.Contacts.Asker(0.5);
        if (colleague != first && !conversation.Waiting.IsWaiting(colleague))
            conversation.Say(now, drafts.Question(thread) with { Subject = "Re: " + thread.Subject }, colleague);
    }

    private void MissCall(DateTimeOffset now, Person person)
    {
        var (day, hour) = customer.Hours.Local(now);
        var open = customer.Hours.IsWorkday(day) && hour is >= 8 and < 17;
        var reason = !open ? MissedReason.OutOfHours
            : Random.Pick((0.5, MissedReason.NoAgentAnswered), (0.3, MissedReason.AgentsBusy), (0.2, MissedReason.AbandonedInQueue));
        conversation.Say(now, drafts.CallMissed(person, reason), person);
        if (Random.Chance(0.3)) conversation.Later(now.AddSeconds(Random.Whole(40, 150)), drafts.VoicemailReceived(person), person);
        else if (Random.Chance(0.15)) conversation.Later(now.AddMinutes(Random.Whole(10, 200)), drafts.CallMissed(person, reason), person);
    }

    private void Chat(DateTimeOffset now, Person person)
    {
        var thread = Open(now, Channel.Chat, Vocabulary.Question(Random));
        var at = now;
        for (var turn = Random.Whole(1, 3); turn > 0; turn--)
        {
            conversation.Later(at, drafts.Question(thread) with { ToBot = true, OwnerKey = null }, person);
            conversation.Later(at.AddSeconds(2), drafts.Reply(thread, "") with { Automatic = true, StaffKey = null }, person);
            at = at.AddSeconds(Random.Whole(20, 120));
        }

        if (Random.Chance(0.55)) conversation.Later(at, then => HandOff(then, thread, person));
    }

    private void HandOff(DateTimeOffset now, Strand thread, Person person)
    {
        if (person.MayWrite) conversation.Say(now, drafts.HandOff(thread), person);
    }

    /// <summary>Out-of-office replies and circulars: nobody waits.</summary>
    private void SendWithoutAsking(DateTimeOffset now, Person person)
    {
        var outOfOffice = Random.Chance(0.6);
        var thread = drafts.Thread(Channel.Email, outOfOffice ? "Out of office" : "Facilities newsletter");
        conversation.Say(now, drafts.Question(thread) with { Automatic = outOfOffice, Bulk = !outOfOffice }, person);
    }

    private void HangUp(DateTimeOffset now, Person person)
    {
        var reason = Random.Pick((0.7, MissedReason.ShortAbandoned), (0.15, MissedReason.Blocked), (0.15, MissedReason.NumberWithheld));
        var known = reason == MissedReason.NumberWithheld ? null : person;
        conversation.Say(now, drafts.CallMissed(known, reason), known);
    }

    private Job? JobAt(DateTimeOffset now)
    {
        if (!Random.Chance(0.6)) return null;
        var current = Jobs.Where(j => j.Start <= now && now < j.End.AddDays(60)).ToArray();
        return current.Length == 0 ? null : Random.Pick(current);
    }
}
