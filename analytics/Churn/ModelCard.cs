using System.Globalization;

namespace Followthrough.Analytics.Churn;

/// <summary>A model's card as the command line prints it.</summary>
internal static class ModelCard
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static void PrintLine(RegisteredModel model, TextWriter to, bool serves = false)
    {
        var f = model.Figures;
        to.WriteLine(string.Create(Culture, $"{model.Id,6} {model.Kind.ToString().ToLowerInvariant(),-9} {model.CreatedAt:yyyy-MM-dd}  AUC {Text(f.RocAuc)}  log-loss {Text(f.LogLoss)}  lift {Text(f.Lift)}{(serves ? "  serves" : "")}"));
    }

    public static void Print(RegisteredModel model, TextWriter to)
    {
        var (f, t) = (model.Figures, model.Training);
        Line(to, "model", $"{model.Id}, {model.Kind.ToString().ToLowerInvariant()}, by {model.Library}, seed {model.Seed}");
        Line(to, "about", t.Subject);
        if (t.Label is { } label) Line(to, "predicts", Sentence(label));
        if (t.DataCutOff is { } cutOff) Line(to, "known until", cutOff.ToString("yyyy-MM-dd HH:mm'Z'", Culture));
        Line(to, "learned from", string.Create(Culture, $"{t.Rows:N0} rows of {t.Customers:N0} customers, {t.Churned:N0} left"));
        foreach (var (reason, n) in t.Excluded) Line(to, "left out", string.Create(Culture, $"{n:N0} {reason}"));
        Line(to, "artefact", $"SHA-256 {model.ArtefactSha256}");
        Line(to, "features", $"SHA-256 {model.FeatureSchemaSha256}{(t.FeatureVersion is { } v ? $", version {v}" : "")}");
        Line(to, "parameters", model.Parameters);
        to.WriteLine();
        Line(to, "tested on", string.Create(Culture, $"{f.N:N0} rows, {f.Churned:N0} left; first {f.Capacity} of each fold"));
        foreach (var (name, figure) in Figures(f)) Line(to, name, Text(figure));
        Line(to, "calibration", $"slope {Number(f.CalibrationSlope)}, intercept {Number(f.CalibrationIntercept)}");
        Line(to, "other customers", $"AUC {Number(f.DisjointRocAuc)} on customers it saw no row of");
        Line(to, "twice the horizon", $"AUC {Number(f.DoubleHorizonRocAuc)}");
        foreach (var bin in f.Calibration) Line(to, "bin", string.Create(Culture, $"{bin.Predicted:0.000} predicted, {Text(bin.Observed)} observed, n {bin.N}"));
        foreach (var part in f.Folds) Line(to, "fold", Text(part));
        foreach (var part in f.Segments) Line(to, "segment", Text(part));
        foreach (var driver in f.Drivers.Take(12)) Line(to, "driver", string.Create(Culture, $"{driver.Weight:0.000}  {driver.Name}"));
        if (t.Note is not null) Line(to, "note", t.Note);
        Line(to, "not for", "judging staff, prices or credit: it says who may leave, not why, and not what would keep them.");
    }

    private static IEnumerable<(string, ModelFigure?)> Figures(ModelFigures f) =>
    [
        ("base rate", f.BaseRate), ("precision", f.Precision), ("recall", f.Recall), ("lift", f.Lift), ("lift of recency", f.RecencyLift),
        ("lift over recency", f.LiftOverRecency), ("ROC-AUC", f.RocAuc), ("PR-AUC", f.PrAuc), ("Brier", f.Brier), ("log-loss", f.LogLoss),
        ("calibration error", f.CalibrationError),
    ];

    private static string Sentence(LabelDefinition label) => string.Create(Culture,
        $"{(label.Kind == LabelKind.NoOrder ? "no order" : "a contract that ends and is not renewed")} in the {label.HorizonDays} days after a gap of {label.GapDays}")
        + string.Concat(label.HorizonOfSegment.Select(s => $"; {s.Key} {s.Value}")) + (label.Version is { } version ? $" (label version {version})" : "");

    private static string Text(ModelPart part) =>
        string.Create(Culture, $"{part.Name,-12} n {part.N,6:N0}, left {part.Churned,6:N0}, AUC {Number(part.RocAuc)}, lift {Number(part.LiftAtCapacity)}");

    private static string Text(ModelFigure? figure) => figure is null ? "undefined"
        : figure.Interval is { } i ? string.Create(Culture, $"{figure.Value:0.0000} ({i.Low:0.0000} to {i.High:0.0000})") : Number(figure.Value);

    private static string Number(double? value) => value is { } v ? v.ToString("0.0000", Culture) : "undefined";

    private static void Line(TextWriter to, string name, string value) => to.WriteLine($"{name,-19}{value}");
}
