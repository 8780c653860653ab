using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>When a customer turns to us and when we turn to it, over the whole of its history.</summary>
internal sealed class Arrivals(Customer customer, Conversation conversation, Drafts drafts, Inquiries inquiries)
{
    private const double InquiryEveryDays = 27.2, ProactiveEveryDays = 56, CircularEveryDays = 120;

    private DemoRandom Random => customer.Random;

    public void Plan()
    {
        Spread(InquiryEveryDays / customer.Size, at => conversation.Later(WritingTime(at), inquiries.Happen));
        Spread(ProactiveEveryDays / customer.Size, at => Reach(customer.Hours.Sometime(at, Random)));
        Spread(CircularEveryDays, at => Circulate(customer.Hours.Sometime(at, Random)));
        // The end of history is a busy evening, so that somebody is always waiting whatever weekday it falls on.
        if (Random.Chance(0.03) && !customer.Fate.HasStopped(customer.Timeline.End))
            conversation.Later(customer.Timeline.End.AddHours(-Random.Real(0.3, 22)), inquiries.Happen);
    }

    private void Spread(double everyDays, Action<DateTimeOffset> plan)
    {
        var at = customer.Begin;
        while (true)
        {
            // Once it orders nothing more, a customer only has to do with what is installed.
            var quiet = customer.Fate.HasStopped(at) ? 6 : 1;
            at = at.AddDays(Random.Exponential(everyDays * quiet));
            if (!customer.Timeline.Has(at) || customer.Fate.ClosedAt <= at) return;
            plan(at);
        }
    }

    /// <summary>Most write on workdays at work; some in the evening or at the weekend.</summary>
    private DateTimeOffset WritingTime(DateTimeOffset near)
    {
        var (day, _) = customer.Hours.Local(near);
        if (Random.Chance(0.96))
            while (!customer.Hours.IsWorkday(day)) day = day.AddDays(1);
        var at = customer.Hours.At(day, Random.Chance(0.05) ? Random.Real(18, 23) : 7.5 + 9.5 * (Random.Unit() + Random.Unit()) / 2);
        return at > customer.Begin ? at : customer.Begin;
    }

    private void Reach(DateTimeOffset at)
    {
        var staff = customer.Owners.At(at);
        var person = customer.Contacts.AnyCore();
        var subject = Vocabulary.Proactive(Random);
        var draft = Random.Pick((0.45, 0), (0.25, 1), (0.1, 2), (0.2, 3)) switch
        {
            0 => drafts.Message(Channel.Email, staff, subject),
            1 => drafts.CallOut(person, staff, connected: true, Random.Whole(60, 1800)),
            2 => drafts.CallOut(person, staff, connected: false, Random.Whole(0, 30)),
            _ => drafts.Meeting(staff, subject),
        };
        conversation.Later(at, draft, person);
    }

    private void Circulate(DateTimeOffset at)
    {
        var draft = drafts.Message(Channel.Email, customer.Owners.At(at), "Controls quarterly: tips for the season") with { Bulk = true };
        conversation.Later(at, now => conversation.Say(now, draft, customer.Contacts.AtRandom()));
    }
}
