using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>The audit of each project after each quarter in which it ran: mostly in time and by another unit.</summary>
internal sealed class Audits(Customer customer)
{
    private DemoRandom Random => customer.Apart;
    private Timeline Timeline => customer.Timeline;

    public void Write(Job job)
    {
        for (var over = Quarters.EndOf(job.Start); Timeline.Has(over); over = Quarters.EndOf(over))
        {
            if (customer.Fate.ClosedAt < over) return;
            if (Random.Chance(0.91)) Audit(job, over);
            if (job.End <= over) return;
        }
    }

    private void Audit(Job job, DateTimeOffset over)
    {
        var begun = customer.Hours.Sometime(over.AddDays(Random.Whole(1, 14)), Random);
        var signedOff = customer.Hours.Sometime(over.AddDays(Random.Chance(0.05) ? Random.Whole(31, 50) : Random.Whole(16, 27)), Random);
        if (!Timeline.Has(begun)) return;
        var (unit, byItself) = (Structure.Team(job.TeamKey).Unit, Random.Chance(0.03));
        var team = Random.Pick(Structure.Teams.Where(t => t.Unit == unit == byItself).ToArray());
        var known = Random.Chance(0.03) ? null : Timeline.Past(signedOff);
        customer.Files.Add(new ProjectAudit
        {
            SourceKey = customer.NextKey("qa:A"),
            OccurredAt = begun,
            SourceModifiedAt = known ?? begun,
            Account = customer.Key,
            ProjectKey = job.Key,
            Quarter = Timeline.DayOf(over.AddDays(-1)),
            AuditorKey = customer.World.People.Member(team.Key, Timeline.NotAfterEnd(signedOff), Random),
            AuditorUnit = team.Unit,
            SignedOffAt = known,
            Rating = known is null ? null : Random.Pick((0.7, "sound"), (0.25, "minor findings"), (0.05, "major findings")),
        });
    }
}
