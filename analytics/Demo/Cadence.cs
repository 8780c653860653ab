using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>How often we promised to be in touch, by tier, the contacts we made of it, and the silence customers asked for.</summary>
internal sealed class Cadence(Customer customer, Conversation conversation, Drafts drafts)
{
    private const double Planned = 0.6, SlotKept = 0.8;
    private static readonly int[] Intervals = [91, 30, 30];

    private DemoRandom Random => customer.Random;
    private Timeline Timeline => customer.Timeline;

    public void Plan()
    {
        if (!Random.Chance(Planned)) return;
        for (var tier = 0; tier < Intervals.Length; tier++) Plan(customer.Contacts.Core(tier), Intervals[tier]);
    }

    private void Plan(Person person, int interval)
    {
        var from = customer.Begin.AddDays(Random.Whole(5, 60));
        if (!Timeline.Has(from)) return;
        var to = Timeline.Past(customer.Fate.StopsAt is { } stops && stops > from ? stops : customer.Fate.ClosedAt);
        var key = customer.NextKey("crm:K");
        customer.Files.Add(new CommunicationPlan
        {
            SourceKey = key,
            OccurredAt = from,
            SourceModifiedAt = to is { } end && end > from ? Timeline.WholeSecond(end) : from,
            Account = customer.Key,
            Tier = person.Tier,
            IntervalDays = interval,
            Channel = person.Preferred,
            EndedAt = to is { } until && until > from ? Timeline.WholeSecond(until) : null,
        });
        var pause = Pause(key, person, from);
        for (var slot = from; Timeline.Has(slot) && !(slot >= to); slot = slot.AddDays(interval))
        {
            var paused = pause is { } p && slot >= p.From && slot < p.To;
            if (!paused && Random.Chance(SlotKept)) Touch(person, customer.Hours.Sometime(slot.AddDays(interval * Random.Real(0.1, 0.85)), Random));
        }
    }

    private (DateTimeOffset From, DateTimeOffset To)? Pause(string plan, Person person, DateTimeOffset from)
    {
        if (!Random.Chance(0.05)) return null;
        var at = customer.Hours.Sometime(from.AddDays(Random.Whole(60, 600)), Random);
        var end = at.AddDays(Random.Whole(40, 120));
        if (!Timeline.Has(at)) return null;
        customer.Files.Add(new CommunicationPause
        {
            SourceKey = customer.NextKey("crm:Z"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.Key,
            PlanKey = plan,
            ContactKey = person.Key,
            EndedAt = end,
        });
        return (at, end);
    }

    private void Touch(Person person, DateTimeOffset at)
    {
        if (!Timeline.Has(at)) return;
        var staff = customer.Owners.At(at);
        var draft = person.Preferred == Channel.Phone || Random.Chance(0.3)
            ? drafts.CallOut(person, staff, connected: true, Random.Whole(90, 1500))
            : drafts.Message(Channel.Email, staff, Vocabulary.Proactive(Random));
        conversation.Later(at, draft, person);
    }
}
