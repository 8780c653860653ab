using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>How a person reacts to our answer: asks on, says thanks, or lets it rest.</summary>
internal sealed class Turns(Customer customer, Conversation conversation, Drafts drafts)
{
    private const double AsksOn = 0.36, Thanks = 0.05, ThumbsUp = 0.04, Dispositioned = 0.6;

    private DemoRandom Random => customer.Random;

    public void AfterAnswer(DateTimeOffset now, Person person, string staff, Strand thread)
    {
        var next = customer.Hours.Add(now, Random.LogNormal(2.5, 0.9));
        var draw = Random.Unit();
        if (draw < AsksOn) conversation.Later(next, at => AskOn(at, person, thread));
        else if (draw < AsksOn + Thanks) conversation.Later(next, at => SayThanks(at, person, staff, thread));
        else if (draw < AsksOn + Thanks + ThumbsUp) conversation.Later(next, drafts.Reaction(thread), person);
    }

    private void AskOn(DateTimeOffset now, Person person, Strand thread)
    {
        if (person.MayWrite) conversation.Say(now, drafts.Question(thread) with { Subject = "Re: " + thread.Subject }, person);
    }

    private void SayThanks(DateTimeOffset now, Person person, string staff, Strand thread)
    {
        if (!person.MayWrite || conversation.Waiting.IsWaiting(person)) return;
        var thanks = drafts.Question(thread) with { Subject = "Thank you: " + thread.Subject };
        var decidedAt = now.AddMinutes(Random.Whole(2, 300));
        var excused = !person.Core && Random.Chance(Dispositioned) && customer.Timeline.Has(decidedAt);
        // No answer is planned for words of thanks that a colleague will mark as needing none.
        person.Excused = excused;
        conversation.Say(now, thanks, person);
        if (excused) Excuse(thanks, decidedAt, person, staff);
    }

    private void Excuse(Interaction thanks, DateTimeOffset decidedAt, Person person, string staff)
    {
        conversation.Waiting.All[^1].Excused = true;
        customer.Files.Add(new Disposition
        {
            SourceKey = customer.NextKey("crm:D"),
            OccurredAt = decidedAt,
            SourceModifiedAt = customer.Stamp(decidedAt),
            Account = customer.Key,
            CommitmentKind = "respond",
            SubjectKey = thanks.SourceKey,
            Reason = "No response needed",
            StaffKey = staff,
        });
        var touch = customer.Hours.Sometime(decidedAt.AddDays(Random.Real(3, 30)), Random);
        conversation.Later(touch, drafts.Message(Channel.Email, customer.Owners.At(touch), Vocabulary.Proactive(Random)), person);
    }
}
