using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>The weekly status of a running project, with the gaps its team leaves.</summary>
internal sealed class StatusReports(Customer customer)
{
    private DemoRandom Random => customer.Random;

    public void Write(Job job)
    {
        if (job.Type == ContractType.Retainer) return;
        var reporting = Structure.Team(job.TeamKey).Reporting;
        var friday = Timeline.DayOf(job.Start);
        while (friday.DayOfWeek != DayOfWeek.Friday) friday = friday.AddDays(1);
        for (var week = 1; ; friday = friday.AddDays(7), week++)
        {
            var late = Random.Chance(0.07);
            var at = customer.Hours.At(late ? friday.AddDays(3) : friday, Random.Real(9.5, 16.9));
            if (at > job.End || !customer.Timeline.Has(at)) return;
            if (Random.Chance(reporting)) Write(job, friday, week, at);
        }
    }

    private void Write(Job job, DateOnly friday, int week, DateTimeOffset at)
    {
        var delayed = Random.Chance(0.25);
        customer.Files.Add(new StatusReport
        {
            SourceKey = $"{job.Key}-W{week:D3}",
            OccurredAt = at,
            SourceModifiedAt = customer.Stamp(at),
            Account = customer.Key,
            ProjectKey = job.Key,
            WeekEnding = friday,
            ScheduleVersion = Random.Chance(0.96) ? $"S{1 + week / 6}" : null,
            OnTime = delayed ? "Most work on schedule" : "On schedule",
            Delay = delayed ? Random.Pick(Vocabulary.Reasons) : "None",
            Concern = Random.Chance(0.3) ? Vocabulary.Problem(Random) : "None",
            StaffKey = job.ManagerKey,
        });
    }
}
