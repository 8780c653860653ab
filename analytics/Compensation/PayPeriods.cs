using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>The periods of a plan: calendar months, quarters or years.</summary>
internal static class PayPeriods
{
    /// <summary>The plan's period that holds the day.</summary>
    public static Period Of(PayFrequency every, DateOnly day) => every switch
    {
        PayFrequency.Month => Period.MonthOf(day),
        PayFrequency.Quarter => Period.QuarterOf(day),
        PayFrequency.Year => Period.YearOf(day),
        _ => throw new ArgumentOutOfRangeException(nameof(every), every, "no such frequency"),
    };

    /// <summary>The period after one that a plan pays by.</summary>
    public static Period After(Period period) => period.Unit switch
    {
        PeriodUnit.Month => Period.MonthOf(period.End),
        PeriodUnit.Quarter => Period.QuarterOf(period.End),
        PeriodUnit.Year => Period.YearOf(period.End),
        _ => throw new ArgumentException($"{period.Label} is no period that a plan pays by.", nameof(period)),
    };

    /// <summary>What is measured for it: the period, with a cumulative plan its year so far.</summary>
    public static (DateOnly From, DateOnly To) Measured(PayPlan plan, Period period) => (plan.Cumulative ? new DateOnly(period.Start.Year, 1, 1) : period.Start, period.End);

    /// <summary>Days of the span by days of the period, added up over the periods it touches.</summary>
    public static decimal Proration(PayFrequency every, DateOnly from, DateOnly to)
    {
        var sum = 0m;
        for (var period = Of(every, from); period.Start < to; period = Of(every, period.End))
        {
            var days = Math.Min(to.DayNumber, period.End.DayNumber) - Math.Max(from.DayNumber, period.Start.DayNumber);
            sum += (decimal)days / (period.End.DayNumber - period.Start.DayNumber);
        }
        return sum;
    }
}
