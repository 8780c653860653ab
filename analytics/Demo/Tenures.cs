using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>Who owned the account, without a gap from its beginning: owners leave, move with or without their accounts, or hand over.</summary>
internal sealed class Tenures
{
    private readonly List<(string Staff, DateTimeOffset From, DateTimeOffset? To)> _owners = [];

    public Tenures(World world, Region region, DateTimeOffset begin, DemoRandom random)
    {
        var from = begin;
        while (true)
        {
            var owner = world.People[world.People.Member(region.AccountsTeam, from, random)];
            var to = world.Timeline.Past(End(owner, from, random));
            _owners.Add((owner.Key, from, to));
            if (to is null) return;
            from = to.Value;
        }
    }

    public string At(DateTimeOffset at) => _owners.First(o => o.From <= at && (o.To is null || at < o.To)).Staff;

    public void Write(FactFiles files, Customer customer)
    {
        for (var i = 0; i < _owners.Count; i++)
        {
            var (staff, from, to) = _owners[i];
            files.Add(new AccountAssignment
            {
                SourceKey = $"crm:O-{customer.Number:D4}-{i + 1}",
                OccurredAt = from,
                SourceModifiedAt = to ?? from,
                Account = customer.Key,
                StaffKey = staff,
                Role = AssignmentRole.Owner,
                EndedAt = to,
            });
        }

        files.Add(new AccountAssignment
        {
            SourceKey = $"crm:O-{customer.Number:D4}-S",
            OccurredAt = _owners[0].From,
            SourceModifiedAt = _owners[0].From,
            Account = customer.Key,
            StaffKey = People.Lead(customer.Region.AccountsTeam),
            Role = AssignmentRole.Sponsor,
        });
    }

    private static DateTimeOffset? End(Colleague owner, DateTimeOffset from, DemoRandom random)
    {
        DateTimeOffset? end = owner.Left;
        var moved = owner.Stays.Skip(1).FirstOrDefault()?.From;
        // Half of the accounts follow an owner to the new team.
        if (moved > from && random.Chance(0.5)) end = moved;
        if (random.Chance(0.07))
        {
            var handover = from.AddDays(random.Whole(150, 700));
            if (end is null || handover < end) end = handover;
        }

        return end;
    }
}
