using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.Demo;

/// <summary>Daily exchange rates of the invoiced currencies to US dollars, each a slow random walk.</summary>
internal static class Rates
{
    private static readonly (string Currency, double Rate)[] Opening = [("CAD", 0.74), ("EUR", 1.09), ("MXN", 0.056)];

    public static void Write(FactFiles files, Timeline timeline, DemoRandom random)
    {
        foreach (var (currency, opening) in Opening)
        {
            var rate = opening;
            for (var day = timeline.Start; timeline.Has(day); day = day.AddDays(1))
            {
                // Pulled back to where it began, so that three years of steps stay plausible.
                rate *= Math.Exp(0.004 * random.Normal() + 0.01 * Math.Log(opening / rate));
                files.Add(new FxRate
                {
                    SourceKey = $"erp:FX-{currency}-{Timeline.Compact(Timeline.DayOf(day))}",
                    OccurredAt = day,
                    SourceModifiedAt = day,
                    Currency = currency,
                    QuoteCurrency = "USD",
                    Rate = Math.Round((decimal)rate, 6),
                    Day = Timeline.DayOf(day),
                });
            }
        }
    }
}
