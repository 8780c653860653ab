namespace Followthrough.Analytics.Churn;

/// <summary>
/// Fits models to training rows alone: settings, number of trees and calibration come from rows that the model at hand was not fitted on;
/// then it is fitted on all of them.
/// </summary>
internal sealed class ModelFitter(int seed)
{
    private const int Fewest = 20;

    // Threads that wait for each other cost more than they save on less.
    private const int ManyRows = 50_000;

    /// <summary>Whether there are rows enough of either kind.</summary>
    public static bool IsEnough(LabelledTable table) => table.Left.Count(l => l) >= Fewest && table.Left.Count(l => !l) >= Fewest;

    /// <summary>The floor: one column, more of which is more risk.</summary>
    public FittedModel Recency(LabelledTable table, string column)
    {
        var only = table with { Features = table.Features with { Columns = [table.Features.Column(column)!] } };
        return Logistic(only) with { Kind = ModelKind.Recency };
    }

    public FittedModel Logistic(LabelledTable table)
    {
        var (schema, inputs) = Prepare(table);
        var apart = Folds.Of(table, seed).Select(f =>
        {
            var rows = (IReadOnlyList<int>)[.. f.Fit, .. f.Stop];
            using var model = LogisticModel.Fit(inputs.Take(rows), Of(table.Left, rows), LogisticModel.Usual);
            return (f.Apart, model.LogOdds(inputs.Take(f.Apart)));
        }).ToList();
        var fitted = LogisticModel.Fit(inputs, table.Left, LogisticModel.Usual);
        return new FittedModel(ModelKind.Logistic, fitted, Calibrate(table, apart).Calibration, schema, ChurnJson.Write(new { Penalty = LogisticModel.Usual }), seed)
        {
            Spreads = Spreads(table),
        };
    }

    public FittedModel Trees(LabelledTable table, IReadOnlyList<TreeSettings> choices)
    {
        var (schema, inputs) = Prepare(table);
        var folds = Folds.Of(table, seed);
        var tried = choices.Select(c => Try(table, schema, inputs, folds, c with { Seed = seed, Threads = table.Rows < ManyRows ? 1 : 2 })).ToList();
        var best = tried.MinBy(t => t.Loss)!;
        var fitted = TreeModel.Fit(inputs, table.Left, schema, best.Settings, best.Rounds);
        var parameters = ChurnJson.Write(new { best.Settings, best.Rounds, Tried = tried.Select(t => new { t.Settings.Depth, t.Rounds, t.Loss }) });
        return new FittedModel(ModelKind.XGBoost, fitted, best.Calibration, schema, parameters, seed) { Spreads = Spreads(table) };
    }

    private static Trial Try(LabelledTable table, FeatureSchema schema, FeatureMatrix inputs, IReadOnlyList<Fold> folds, TreeSettings settings)
    {
        var (rounds, apart) = (new List<int>(), new List<(IReadOnlyList<int>, double[])>());
        foreach (var fold in folds)
        {
            var (best, said) = TreeModel.FitUntilBest(
                (inputs.Take(fold.Fit), Of(table.Left, fold.Fit)), (inputs.Take(fold.Stop), Of(table.Left, fold.Stop)), inputs.Take(fold.Apart), schema, settings);
            rounds.Add(best);
            apart.Add((fold.Apart, said));
        }
        rounds.Sort();
        var (calibration, loss) = Calibrate(table, apart);
        return new Trial(settings, rounds[rounds.Count / 2], calibration, loss);
    }

    private static (Platt Calibration, double Loss) Calibrate(LabelledTable table, IReadOnlyList<(IReadOnlyList<int> Rows, double[] LogOdds)> apart)
    {
        var odds = apart.SelectMany(a => a.LogOdds).ToList();
        var left = apart.SelectMany(a => a.Rows).Select(r => table.Left[r]).ToList();
        var line = Platt.Fit(odds, left);
        return (line, ProbabilityMeasures.LogLoss(odds.ConvertAll(line.Probability), left)!.Value);
    }

    private static (FeatureSchema Schema, FeatureMatrix Inputs) Prepare(LabelledTable table)
    {
        var churned = table.Left.Count(l => l);
        if (table.Rows == 0) throw ChurnException.TooEarly("There are no rows to train on.");
        if (!IsEnough(table))
            throw ChurnException.TooEarly(FormattableString.Invariant(
                $"Of {table.Rows} rows {churned} left and {table.Rows - churned} stayed; a model needs at least {Fewest} of each to learn the difference."));
        var schema = FeatureSchema.Of(table.Features);
        return schema.Columns.Count > 0 ? (schema, schema.Encode(table.Features)) : throw new ChurnException("No column differs from row to row; there is nothing to learn from.");
    }

    private static List<Spread> Spreads(LabelledTable table)
    {
        var last = table.Cuts.Max();
        var newest = table.Where(row => table.Cuts[row] == last);
        return [.. newest.Features.Columns.Select(Spread.Of)];
    }

    private static bool[] Of(bool[] left, IReadOnlyList<int> rows) => [.. rows.Select(r => left[r])];

    private sealed record Trial(TreeSettings Settings, int Rounds, Platt Calibration, double Loss);
}
