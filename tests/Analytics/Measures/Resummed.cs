using Followthrough.Analytics.Metrics;

namespace Followthrough.Tests.Analytics.Measures;

/// <summary>Computes a figure again from the rows it drills to, by other code than the product's.</summary>
internal static class Resummed
{
    private const double Near = 1e-9;

    internal static void AssertSame(MeasureValue value, MeasureMetric metric, IReadOnlyList<MeasureRow> rows)
    {
        var counted = rows.Where(r => r.Excluded is null).ToList();
        Assert.Equal(value.N, counted.Count);
        Assert.Equal(value.Excluded.Values.Sum(), rows.Count - counted.Count);
        if (value.Value is null)
        {
            Assert.False(string.IsNullOrWhiteSpace(value.Reason));
            return;
        }
        Assert.Null(value.Reason);
        Assert.Equal(Again(metric.Aggregation, counted), value.Value.Value, Near * Math.Max(1, Math.Abs(value.Value.Value)));
    }

    private static double Again(Aggregation aggregation, List<MeasureRow> rows) => aggregation switch
    {
        Aggregation.Sum => (double)rows.Sum(r => r.Amount ?? 0),
        Aggregation.Share or Aggregation.Ratio => (double)(rows.Sum(r => r.Amount ?? 0) / rows.Sum(r => r.Base ?? 0)),
        Aggregation.AccountMean => rows.GroupBy(r => r.Account).Select(a => a.Average(r => (double)r.Amount!.Value)).Average(),
        Aggregation.Median => Reached(rows, 0.5),
        Aggregation.NinetiethPercentile => Reached(rows, 0.1),
        _ => throw new ArgumentOutOfRangeException(nameof(aggregation)),
    };

    // Kaplan-Meier, event by event: the first duration at which no more than the share goes on.
    private static double Reached(List<MeasureRow> rows, double share)
    {
        var goingOn = 1.0;
        foreach (var at in rows.GroupBy(r => r.Amount!.Value).OrderBy(g => g.Key))
        {
            var atRisk = rows.Count(r => r.Amount >= at.Key);
            goingOn *= 1 - (double)at.Count(r => r.Finished == true) / atRisk;
            if (at.Any(r => r.Finished == true) && goingOn <= share + Near) return (double)at.Key;
        }
        return double.NaN;
    }
}
