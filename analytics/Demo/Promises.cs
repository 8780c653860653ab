using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>What our people promised: kept, beaten, moved or broken.</summary>
internal sealed class Promises(Customer customer)
{
    private DemoRandom Random => customer.Random;
    private Timeline Timeline => customer.Timeline;

    public void Write(Job job)
    {
        for (var at = job.Start; ;)
        {
            at = at.AddDays(Random.Exponential(50));
            if (at > job.End || !Timeline.Has(at)) return;
            var given = customer.Hours.Sometime(at, Random);
            if (Timeline.Has(given)) Give(job, given, customer.NextKey("crm:V"), Random.Pick(Vocabulary.Promises), mayMove: true);
        }
    }

    private void Give(Job job, DateTimeOffset at, string key, string content, bool mayMove)
    {
        var due = customer.Hours.Sometime(at.AddDays(Random.Whole(2, 20)), Random);
        var outcome = Random.Pick((0.5, 0), (0.2, 1), (mayMove ? 0.12 : 0, 2), (0.12, 3), (0.06, 4));
        var done = outcome switch
        {
            0 => due.AddHours(-Random.Real(0.2, 20)),
            1 => due.AddDays(-Random.Real(1, 4)),
            3 => due.AddDays(Random.Real(0.3, 12)),
            _ => (DateTimeOffset?)null,
        };
        if (done < at) done = at.AddHours(1);
        var moved = outcome == 2 ? Timeline.Past(at + (due - at) * Random.Real(0.3, 0.9)) : null;
        var replacement = moved is null ? null : customer.NextKey("crm:V");
        done = Timeline.Past(done);
        customer.Files.Add(new Promise
        {
            SourceKey = key,
            OccurredAt = at,
            SourceModifiedAt = Timeline.WholeSecond(done ?? moved ?? at),
            Account = customer.Key,
            Content = content,
            OwnerKey = job.ManagerKey,
            ContactKey = customer.Contacts.Core(1).Key,
            ProjectKey = job.Key,
            DueAt = due,
            DoneAt = done is { } d ? Timeline.WholeSecond(d) : null,
            RenegotiatedAt = moved is { } m ? Timeline.WholeSecond(m) : null,
            AcknowledgedAt = moved is { } a && Random.Chance(0.85) ? Timeline.Past(Timeline.WholeSecond(a.AddMinutes(Random.Whole(5, 240)))) : null,
            ReplacedByKey = replacement,
            ConfirmedByKey = Random.Chance(0.92) ? job.ManagerKey : null,
        });
        if (replacement is not null) Give(job, Timeline.WholeSecond(moved!.Value), replacement, content, mayMove: false);
    }
}
