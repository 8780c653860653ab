using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>What work cost: hours and material, a fortnight at a time; a fifth of the projects cost far more than planned.</summary>
internal sealed class Costs(Customer customer)
{
    private const double DaysAtOnce = 14;
    private decimal _spent;

    private DemoRandom Random => customer.Apart;
    private Timeline Timeline => customer.Timeline;

    public void Write(Job job)
    {
        _spent = 0;
        var overrun = Random.Chance(0.2) ? Random.Real(1.12, 1.45) : Random.LogNormal(0.93, 0.06);
        foreach (var stage in job.Stages)
            Spread(job, stage.MilestoneKey, stage.PlannedCost * (decimal)(overrun * Random.LogNormal(1, 0.08)), stage.From, stage.To, DaysAtOnce);
        // An agreement costs about the same each month; its value is a year's.
        if (job.Type == ContractType.Retainer)
            Spread(job, null, job.Value * (decimal)((job.End - job.Start).TotalDays / 365 * Random.Real(0.55, 0.85)), job.Start, job.End, 30);
        if (job is { Budget: { } budget, Cancelled: false } && Timeline.Has(job.End)) customer.World.Truth.Planted.Spent(budget, _spent);
    }

    private void Spread(Job job, string? milestone, decimal total, DateTimeOffset from, DateTimeOffset to, double days)
    {
        var parts = Math.Max(1, (int)((to - from).TotalDays / days));
        for (var part = 0; part < parts; part++)
        {
            var at = Timeline.WholeSecond(from + (to - from) * ((part + 0.5) / parts));
            // Work that was called off costs nothing more.
            if (at > job.End || !Timeline.Has(at)) return;
            Write(job, milestone, at, Math.Round(total / parts, 2));
        }
    }

    private void Write(Job job, string? milestone, DateTimeOffset at, decimal amount)
    {
        var material = Random.Chance(0.25);
        _spent += amount;
        customer.Files.Add(new CostEntry
        {
            SourceKey = customer.NextKey("erp:C"),
            OccurredAt = at,
            SourceModifiedAt = at,
            Account = customer.Key,
            ProjectKey = job.Key,
            MilestoneKey = milestone,
            StaffKey = material ? null : customer.World.People.Member(job.TeamKey, at, Random),
            Hours = material ? null : Math.Round(amount / (decimal)Random.Real(70, 95), 1),
            Amount = amount,
            Currency = customer.Currency,
            Description = material ? Random.Pick(["Controllers", "Field devices", "Subcontractor", "Travel"]) : null,
        });
    }
}
