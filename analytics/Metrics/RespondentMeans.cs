namespace Followthrough.Analytics.Metrics;

/// <summary>Scores over respondents, each counting once, with the interval that fits their unit.</summary>
internal static class RespondentMeans
{
    public static RespondentMean Of(MeasureMetric metric, IReadOnlyList<AccountScores> accounts)
    {
        var n = accounts.Sum(a => a.N);
        var value = accounts.Sum(a => a.Sum) / n;
        var interval = metric.Unit switch
        {
            Unit.Points => NetPromoter.Interval(accounts.Sum(a => a.Above), accounts.Sum(a => a.Below), n),
            Unit.Share => Wilson.Of(accounts.Sum(a => a.Above), n),
            _ => metric.Bounds.Of(Normal(value, n, accounts.Sum(a => a.SumOfSquares)), value),
        };
        return new RespondentMean(value, interval, n, accounts.Count);
    }

    private static Interval? Normal(double mean, long n, double squares)
    {
        if (n < 2) return null;
        var half = Interval.Z * Math.Sqrt(Math.Max(0, squares - n * mean * mean) / (n - 1) / n);
        return new Interval(mean - half, mean + half);
    }
}
