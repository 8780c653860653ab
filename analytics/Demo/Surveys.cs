using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>What customers said when asked: after projects and issues, once a year, by third parties and by mystery shoppers.</summary>
internal sealed class Surveys(Customer customer, Conversation conversation, Drafts drafts)
{
    private const double Answered = 0.38;
    private const string Relationship = "relationship v5";

    private DemoRandom Random => customer.Random;
    private Timeline Timeline => customer.Timeline;

    public void AfterProject(Job job)
    {
        if (job.Cancelled || !Timeline.Has(job.End) || !Random.Chance(0.88)) return;
        var at = customer.Hours.Sometime(job.End.AddDays(Random.Pick((0.85, Random.Real(0.5, 6)), (0.15, Random.Real(8, 25)))), Random);
        Invite(at, customer.Contacts.AnyCore(), "project-close v3", SurveyOccasion.Transactional, job, job.Key, SurveyMeasure.Nps, SurveyMeasure.Csat);
    }

    public void AfterIssue(string issueKey, Person person, DateTimeOffset resolvedAt)
    {
        if (!Random.Chance(0.6)) return;
        var at = Timeline.WholeSecond(resolvedAt.AddHours(Random.Real(1, 30)));
        Invite(at, person, "issue-effort v2", SurveyOccasion.Transactional, null, issueKey, SurveyMeasure.Ces);
    }

    public void EveryYear()
    {
        var first = customer.Begin.AddDays(Random.Whole(60, 330));
        Schedule(first);
        for (var near = first; Timeline.Has(near); near = near.AddDays(365))
        {
            if (customer.Fate.ClosedAt <= near) return;
            if (customer.Apart.Chance(0.07)) continue;
            for (var tier = 0; tier < 3; tier++)
            {
                var at = customer.Hours.Sometime(near, Random);
                Invite(at, customer.Contacts.Core(tier), Relationship, SurveyOccasion.Relational, null, null, SurveyMeasure.Nps);
            }

            if (Random.Chance(0.12)) AskedByOthers(SurveySource.ThirdParty, customer.Hours.Sometime(near.AddDays(40), Random), SurveyMeasure.Csat);
            if (Random.Chance(0.03)) AskedByOthers(SurveySource.MysteryShop, customer.Hours.Sometime(near.AddDays(90), Random), SurveyMeasure.Csat);
        }
    }

    private void Schedule(DateTimeOffset from)
    {
        if (!Timeline.Has(from)) return;
        customer.Files.Add(new SurveySchedule
        {
            SourceKey = customer.NextKey("survey:S"),
            OccurredAt = from,
            SourceModifiedAt = from,
            Account = customer.Key,
            Instrument = Relationship,
            IntervalDays = 365,
        });
    }

    private void Invite(
        DateTimeOffset at, Person person, string instrument, SurveyOccasion occasion, Job? job, string? eventKey, params SurveyMeasure[] measures)
    {
        if (!Timeline.Has(at)) return;
        var ineligible = Random.Chance(0.02);
        var invitation = new SurveyInvitation
        {
            SourceKey = customer.NextKey("survey:I"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.Key,
            ContactKey = person.Key,
            ProjectKey = job?.Key,
            Instrument = instrument,
            Occasion = occasion,
            EventKey = eventKey,
            DeliveredAt = ineligible || Random.Chance(0.02) ? null : Timeline.Past(at.AddSeconds(Random.Whole(5, 600))),
            Ineligible = ineligible,
        };
        customer.Files.Add(invitation);
        var answeredAt = Timeline.WholeSecond(at.AddHours(Random.LogNormal(20, 1.1)));
        if (invitation.DeliveredAt is null || !Random.Chance(Answered) || !Timeline.Has(answeredAt)) return;
        foreach (var measure in measures)
        {
            var response = Answer(answeredAt, person, SurveySource.Own, measure) with
            {
                InvitationKey = invitation.SourceKey,
                ProjectKey = job?.Key,
                StaffKey = job?.ManagerKey ?? customer.Owners.At(answeredAt),
                Occasion = occasion,
            };
            customer.Files.Add(response);
            if (measure == SurveyMeasure.Nps && response.Score <= 6) CloseTheLoop(person, answeredAt);
        }
    }

    private void AskedByOthers(SurveySource source, DateTimeOffset at, SurveyMeasure measure)
    {
        if (Timeline.Has(at)) customer.Files.Add(Answer(at, source == SurveySource.MysteryShop ? null : customer.Contacts.Core(1), source, measure));
    }

    private SurveyResponse Answer(DateTimeOffset at, Person? person, SurveySource source, SurveyMeasure measure)
    {
        var unhappy = customer.Fate.IsSlow(at) ? 1.0 : customer.Region.ServiceTeam == Structure.BadTeam ? 0.25 : 0;
        var (low, high, mean, spread) = measure switch
        {
            SurveyMeasure.Nps => (0, 10, 8.6 - 3 * unhappy, 1.6),
            SurveyMeasure.Csat => (1, 5, 4.4 - 1.3 * unhappy, 0.8),
            _ => (1, 7, 5.7 - 1.6 * unhappy, 1.2),
        };
        var score = (int)Math.Clamp(Math.Round(mean + spread * Random.Normal()), low, high);
        return new SurveyResponse
        {
            SourceKey = customer.NextKey("survey:R"),
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.Key,
            ContactKey = person?.Key,
            Source = source,
            Measure = measure,
            Score = score,
            ScaleMin = low,
            ScaleMax = high,
            Comment = Random.Chance(0.25) ? Comment(score, low, high) : null,
        };
    }

    private string Comment(int score, int low, int high) => ((double)(score - low) / (high - low)) switch
    {
        > 0.8 => Random.Pick(["Quick and clear, thank you.", "The technician knew our plant.", "Training was excellent."]),
        > 0.6 => Random.Pick(["Good work, graphics could be clearer.", "Fine overall.", "Paperwork took a while."]),
        _ => Random.Pick(["We had to ask three times.", "Nobody called back.", "Commissioning dragged on.", "Schedule kept moving."]),
    };

    private void CloseTheLoop(Person person, DateTimeOffset answeredAt)
    {
        if (!Random.Chance(0.7)) return;
        var at = customer.Hours.Add(answeredAt, Random.LogNormal(7, 0.8));
        if (!Timeline.Has(at)) return;
        var call = drafts.CallOut(person, customer.Owners.At(at), connected: true, Random.Whole(120, 1800));
        conversation.Later(at, call, person);
    }
}
