using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Churn;

/// <summary>A figure of a model with its 95 % interval from drawing customers again; the interval is null where it cannot be drawn.</summary>
public sealed record ModelFigure(double Value, Interval? Interval);

/// <summary>One bin of the calibration: accounts of about the same predicted probability.</summary>
/// <param name="From">The lowest predicted probability in it.</param>
/// <param name="To">The highest.</param>
/// <param name="N">Accounts in it; bins without any are not listed.</param>
/// <param name="Predicted">Mean predicted probability.</param>
/// <param name="Observed">Share that left, with Wilson's interval.</param>
public sealed record CalibrationBin(double From, double To, int N, double Predicted, ModelFigure Observed);

/// <summary>How much of all who left is found among the first accounts.</summary>
/// <param name="Share">Share of all accounts that is looked at, from the likeliest down.</param>
/// <param name="Found">Share of those who left that is among them.</param>
public sealed record GainPoint(double Share, double Found);

/// <summary>The same figures on a part of the test rows: one fold, or one segment.</summary>
/// <param name="Name">The fold's cut as a day, or the segment.</param>
/// <param name="N">Rows, an account once at each cut.</param>
/// <param name="Churned">Rows that left.</param>
/// <param name="RocAuc">Null where nobody left or everybody did.</param>
/// <param name="LiftAtCapacity">Null where nobody left.</param>
public sealed record ModelPart(string Name, int N, int Churned, double? RocAuc, double? LiftAtCapacity);

/// <summary>How much a thing weighs in the model: the mean of its absolute contribution to the log-odds, over the test rows.</summary>
public sealed record ModelDriver(string Group, string Name, double Weight);

/// <summary>
/// What a model is worth on rows that it was not trained on and that lie after its training. Figures are null where they are not defined:
/// no test rows, or all of one class.
/// </summary>
public sealed record ModelFigures
{
    /// <summary>Test rows, and how many of them left.</summary>
    public required int N { get; init; }

    public required int Churned { get; init; }

    /// <summary>Share that left.</summary>
    public required ModelFigure? BaseRate { get; init; }

    /// <summary>How many can be called, the k of precision, recall and lift: of each fold.</summary>
    public required int Capacity { get; init; }

    public required ModelFigure? Precision { get; init; }
    public required ModelFigure? Recall { get; init; }
    public required ModelFigure? Lift { get; init; }

    /// <summary>Lift of the recency list at the same capacity on the same rows.</summary>
    public required ModelFigure? RecencyLift { get; init; }

    /// <summary>This lift less that of the recency list, drawn together.</summary>
    public required ModelFigure? LiftOverRecency { get; init; }

    public required ModelFigure? RocAuc { get; init; }
    public required ModelFigure? PrAuc { get; init; }
    public required ModelFigure? Brier { get; init; }
    public required ModelFigure? LogLoss { get; init; }

    /// <summary>Mean distance between predicted and observed, over ten bins of equally many rows.</summary>
    public required ModelFigure? CalibrationError { get; init; }

    /// <summary>Slope of the observed log-odds over the predicted ones; 1 is right, less is too sure.</summary>
    public required double? CalibrationSlope { get; init; }

    /// <summary>Log-odds by which the predicted ones are too low; 0 is right.</summary>
    public required double? CalibrationIntercept { get; init; }

    public required IReadOnlyList<CalibrationBin> Calibration { get; init; }
    public required IReadOnlyList<GainPoint> Gain { get; init; }

    /// <summary>By cut, the oldest first.</summary>
    public required IReadOnlyList<ModelPart> Folds { get; init; }

    public required IReadOnlyList<ModelPart> Segments { get; init; }

    /// <summary>What drives it, the strongest first; empty for the recency list.</summary>
    public required IReadOnlyList<ModelDriver> Drivers { get; init; }

    /// <summary>On customers of whom the model saw no row at all, whatever the time.</summary>
    public required double? DisjointRocAuc { get; init; }

    /// <summary>With twice the horizon, where history is long enough.</summary>
    public required double? DoubleHorizonRocAuc { get; init; }

    /// <summary>Whether the lower bound of the lift beats the recency list: else the list is the recency list.</summary>
    public bool BeatsRecency => LiftOverRecency?.Interval is { Low: > 0 };
}
