namespace Followthrough.Analytics.Churn;

/// <summary>How true probabilities are.</summary>
internal static class ProbabilityMeasures
{
    private const double Least = 1e-12;

    /// <summary>Mean squared distance of probability and outcome; null without rows.</summary>
    public static double? Brier(IReadOnlyList<double> probabilities, IReadOnlyList<bool> left) =>
        probabilities.Count == 0 ? null : probabilities.Select((p, i) => Math.Pow(p - (left[i] ? 1 : 0), 2)).Average();

    /// <summary>Mean surprise of the outcomes, in nats; null without rows.</summary>
    public static double? LogLoss(IReadOnlyList<double> probabilities, IReadOnlyList<bool> left) =>
        probabilities.Count == 0 ? null : probabilities.Select((p, i) => -Math.Log(Math.Max(left[i] ? p : 1 - p, Least))).Average();

    /// <summary>The same of log-odds; 0 without rows.</summary>
    public static double LogLoss(float[] logOdds, bool[] left)
    {
        var sum = 0.0;
        for (var i = 0; i < logOdds.Length; i++)
        {
            var against = left[i] ? -logOdds[i] : logOdds[i];
            sum += against > 30 ? against : Math.Log(1 + Math.Exp(against));
        }
        return sum / Math.Max(1, logOdds.Length);
    }

    /// <summary>Mean distance between what was predicted and what came, over bins of equally many rows; null without rows.</summary>
    public static double? CalibrationError(IReadOnlyList<double> probabilities, IReadOnlyList<bool> left, int bins = 10) =>
        probabilities.Count == 0 ? null
        : Bins(probabilities, bins).Sum(b => Math.Abs(b.Sum(i => probabilities[i]) - b.Count(i => left[i]))) / probabilities.Count;

    /// <summary>Rows by rising probability in bins of equally many; fewer bins when there are fewer rows.</summary>
    public static IEnumerable<int[]> Bins(IReadOnlyList<double> probabilities, int bins)
    {
        var rows = Enumerable.Range(0, probabilities.Count).OrderBy(i => probabilities[i]).ToArray();
        for (var bin = 0; bin < bins; bin++)
        {
            var (from, to) = (rows.Length * bin / bins, rows.Length * (bin + 1) / bins);
            if (from < to) yield return rows[from..to];
        }
    }
}
