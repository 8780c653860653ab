using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Churn;

/// <summary>One figure of a model as tables list it.</summary>
/// <param name="Name">In plain words.</param>
/// <param name="Meaning">What it says, in a sentence.</param>
/// <param name="IsShare">Whether it is shown in percent.</param>
/// <param name="Of">The figure; null where it is not defined.</param>
internal sealed record FigureLine(string Name, string Meaning, bool IsShare, Func<ModelFigures, ModelFigure?> Of)
{
    internal static IReadOnlyList<FigureLine> All { get; } =
    [
        new("Base rate", "How many of all customers left.", true, f => f.BaseRate),
        new("Precision", "How many of those it would have had us call left.", true, f => f.Precision),
        new("Recall", "How many of all who left are among those.", true, f => f.Recall),
        new("Lift", "Precision against the base rate: how many times better than calling at random.", false, f => f.Lift),
        new("Lift over the recency list", "This lift less that of the recency list on the same customers. Only where the whole interval is above zero does the model make the list.", false, f => f.LiftOverRecency),
        new("PR-AUC", "Mean precision over all lengths of the list; the base rate is chance.", false, f => f.PrAuc),
        new("ROC-AUC", "How often one who left is ranked before one who stayed; 0.5 is chance.", false, f => f.RocAuc),
        new("Brier score", "Mean squared error of the probabilities; less is better.", false, f => f.Brier),
        new("Log-loss", "How surprised the probabilities are by what came; less is better.", false, f => f.LogLoss),
        new("Calibration error", "Mean distance between predicted and observed over ten bins; less is better.", false, f => f.CalibrationError),
    ];

    internal string Value(ModelFigures figures) => Of(figures) switch
    {
        null => Figures.Undefined,
        var figure when IsShare => Figures.Rate(figure.Value),
        var figure => ChurnWords.Number(figure.Value),
    };

    /// <summary>Empty where no interval could be drawn.</summary>
    internal string Range(ModelFigures figures) => Of(figures)?.Interval is not { } interval ? ""
        : IsShare ? MeasureWords.Range(interval, Unit.Share)
        : $"{ChurnWords.Number(interval.Low)} to {ChurnWords.Number(interval.High)}";
}
