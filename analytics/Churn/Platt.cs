namespace Followthrough.Analytics.Churn;

/// <summary>
/// Calibration of log-odds on rows the model was not fitted to: a line. Two numbers need few rows, and a line that rises keeps the
/// ranking; isotonic steps would need a thousand leavers and make ties.
/// </summary>
internal sealed record Platt(double Intercept, double Slope)
{
    // A model that is worth nothing gets no say; a falling line would turn its ranking round.
    private const double Flattest = 0.01;

    public static Platt Fit(IReadOnlyList<double> logOdds, IReadOnlyList<bool> left)
    {
        var line = LogisticModel.Fit(new FeatureMatrix([.. logOdds.Select(x => (float)x)], logOdds.Count, 1), left, LogisticModel.Slight);
        var (intercept, slope) = line.Line();
        return slope >= Flattest ? new Platt(intercept, slope) : new Platt(Odds(left), Flattest);
    }

    public double Probability(double logOdds) => Sigmoid(Intercept + Slope * logOdds);

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double Odds(IReadOnlyList<bool> left)
    {
        var share = (left.Count(l => l) + 0.5) / (left.Count + 1);
        return Math.Log(share / (1 - share));
    }
}
