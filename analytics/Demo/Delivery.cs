using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>From the order to acceptance: the project and its course; the order is written with the project it belongs to.</summary>
internal sealed class Delivery(Customer customer, Milestones milestones)
{
    private readonly List<Job> _jobs = [];

    public IReadOnlyList<Job> Jobs => _jobs;

    private DemoRandom Random => customer.Random;
    private Timeline Timeline => customer.Timeline;

    /// <summary>The job the order starts; null when it is an addition to one that runs.</summary>
    public Job? Deliver(SalesOrder order)
    {
        var current = _jobs.LastOrDefault(j => j.Type != ContractType.Retainer && j.Start < order.OccurredAt && j.End > order.OccurredAt);
        if (order.RevenueClass is RevenueClass.AddOn or RevenueClass.Rework && current is not null)
        {
            customer.Files.Add(order with { ProjectKey = current.Key });
            return null;
        }

        var job = Begin(order);
        customer.Files.Add(order with { ProjectKey = job.Key });
        if (!Timeline.Has(job.Start)) return null;
        _jobs.Add(job);
        if (order.CancelledAt is { } cancelledAt) job.CallOff(cancelledAt);
        else if (Random.Chance(0.015)) job.CallOff(job.Start + (job.End - job.Start) * Random.Real(0.2, 0.9));
        if (job.Type == ContractType.Retainer) RunRetainer(job);
        else milestones.Run(job);
        Write(job);
        return job;
    }

    private Job Begin(SalesOrder order)
    {
        var type = Random.Pick((0.19, ContractType.FixedPrice), (0.2, ContractType.Milestone), (0.27, ContractType.TimeAndMaterial),
            (0.28, ContractType.Retainer), (0.06, ContractType.Completion));
        var retainer = type == ContractType.Retainer;
        var start = customer.Hours.Sometime(order.OccurredAt.AddDays(Random.Whole(2, 21)), Random);
        var days = retainer ? 365 * Random.Whole(1, 3) : Math.Clamp(Random.LogNormal(135, 0.5), 30, 500);
        var team = retainer ? customer.Region.ServiceTeam : customer.Region.ProjectsTeam;
        var end = Timeline.WholeSecond(start.AddDays(days));
        return new Job
        {
            Key = customer.NextKey("pm:P"),
            Name = retainer ? Vocabulary.Agreement(Random) : Vocabulary.Job(Random),
            TeamKey = team,
            ManagerKey = customer.World.People.Member(team, Timeline.NotAfterEnd(start), Random),
            OrderKey = order.SourceKey,
            Class = order.RevenueClass ?? RevenueClass.Repeat,
            Type = type,
            Value = order.Amount,
            Budget = retainer ? null : Math.Round(order.Amount * (decimal)customer.Apart.Real(0.6, 0.8), 0),
            Start = start,
            PlannedEnd = end,
            End = end,
        };
    }

    /// <summary>A service agreement runs its years, renewed each, unless the customer stops.</summary>
    private void RunRetainer(Job job)
    {
        if (customer.Fate.StopsAt?.AddDays(30) is { } stops) job.CallOff(stops);
        for (var at = job.Start.AddDays(365); at < job.End.AddDays(-30) && Timeline.Has(at); at = at.AddDays(365))
        {
            customer.Files.Add(new SalesOrder
            {
                SourceKey = customer.NextKey("erp:O"),
                OccurredAt = at,
                SourceModifiedAt = customer.Stamp(at),
                Account = customer.Key,
                ContactKey = customer.Contacts.Core(1).Key,
                ProjectKey = job.Key,
                RevenueClass = RevenueClass.Renewal,
                Amount = job.Value,
                Currency = customer.Currency,
            });
        }
    }

    private void Write(Job job)
    {
        var ended = Timeline.Past(job.End);
        customer.Files.Add(new Project
        {
            SourceKey = job.Key,
            OccurredAt = job.Start,
            SourceModifiedAt = ended ?? customer.Stamp(job.Start),
            Account = customer.Key,
            Name = job.Name,
            TeamKey = job.TeamKey,
            ManagerKey = job.ManagerKey,
            ContractType = job.Type,
            ContractValue = job.Value,
            BudgetCost = job.Budget,
            Currency = customer.Currency,
            PlannedEnd = Timeline.DayOf(job.PlannedEnd),
            AcceptedAt = job.Cancelled ? null : ended,
            CancelledAt = job.Cancelled ? ended : null,
        });
    }
}
