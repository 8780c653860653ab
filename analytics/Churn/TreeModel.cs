using System.Globalization;

namespace Followthrough.Analytics.Churn;

/// <summary>How trees are grown. The same settings, rows and seed give the same trees.</summary>
internal sealed record TreeSettings
{
    public required int Depth { get; init; }
    public required double LearningRate { get; init; }

    /// <summary>Least sum of p(1 - p) in a leaf.</summary>
    public required double LeastWeight { get; init; }

    /// <summary>Shares of the rows and of the inputs that each tree is grown on.</summary>
    public required double RowShare { get; init; }

    public required double InputShare { get; init; }

    /// <summary>Penalty on the square of a leaf's value.</summary>
    public required double Penalty { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Fixed, since sums of floats depend on how many share them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>From hardly any interaction to some; the training's own folds choose.</summary>
    public static IReadOnlyList<TreeSettings> Choices { get; } =
    [
        new() { Depth = 1, LearningRate = 0.1, LeastWeight = 5, RowShare = 0.7, InputShare = 0.5, Penalty = 1 },
        new() { Depth = 2, LearningRate = 0.04, LeastWeight = 5, RowShare = 0.7, InputShare = 0.3, Penalty = 5 },
        new() { Depth = 3, LearningRate = 0.03, LeastWeight = 10, RowShare = 0.6, InputShare = 0.3, Penalty = 5 },
    ];

    /// <summary>As XGBoost names them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters(FeatureSchema schema)
    {
        var monotone = schema.Columns.SelectMany(c => Enumerable.Repeat(c.Monotone, c.Width)).ToList();
        yield return Pair("objective", "binary:logistic");
        yield return Pair("tree_method", "hist");
        yield return Pair("max_depth", Depth);
        yield return Pair("eta", LearningRate);
        yield return Pair("min_child_weight", LeastWeight);
        yield return Pair("subsample", RowShare);
        yield return Pair("colsample_bytree", InputShare);
        yield return Pair("lambda", Penalty);
        yield return Pair("seed", Seed);
        yield return Pair("nthread", Threads);
        yield return Pair("verbosity", 0);
        if (monotone.Exists(m => m != 0)) yield return Pair("monotone_constraints", $"({string.Join(',', monotone)})");
    }

    private static KeyValuePair<string, string> Pair(string name, object value) => new(name, Convert.ToString(value, CultureInfo.InvariantCulture)!);
}

/// <summary>Gradient-boosted trees of XGBoost.</summary>
internal sealed class TreeModel(Booster booster, string library, int threads) : RiskModel
{
    private const int MostRounds = 1500;
    private const int Patience = 50;

    public override string Library => library;

    /// <summary>Grows so many trees.</summary>
    public static TreeModel Fit(FeatureMatrix inputs, IReadOnlyList<bool> left, FeatureSchema schema, TreeSettings settings, int rounds)
    {
        using var matrix = new BoosterMatrix(inputs, left, settings.Threads);
        var booster = new Booster([matrix], settings.Parameters(schema));
        for (var round = 0; round < rounds; round++) booster.Grow(round, matrix);
        return new TreeModel(booster, XgboostLibrary.Version, settings.Threads);
    }

    /// <summary>
    /// Grows trees until those rows that it is stopped by are predicted no better for a while. Returns how many trees were best, and what
    /// they say of the rows kept apart.
    /// </summary>
    public static (int Rounds, double[] Apart) FitUntilBest(
        (FeatureMatrix Inputs, bool[] Left) fit, (FeatureMatrix Inputs, bool[] Left) stop, FeatureMatrix apart, FeatureSchema schema, TreeSettings settings)
    {
        using var fitted = new BoosterMatrix(fit.Inputs, fit.Left, settings.Threads);
        using var stopping = new BoosterMatrix(stop.Inputs, stop.Left, settings.Threads);
        using var kept = new BoosterMatrix(apart, null, settings.Threads);
        // Rows it knows from the beginning are predicted tree by tree, not from the first tree again.
        using var booster = new Booster([fitted, stopping], settings.Parameters(schema));
        var (best, rounds) = (double.PositiveInfinity, 0);
        for (var round = 0; round < MostRounds && round < rounds + Patience; round++)
        {
            booster.Grow(round, fitted);
            var loss = ProbabilityMeasures.LogLoss(booster.Predict(stopping), stop.Left);
            if (loss < best) (best, rounds) = (loss, round + 1);
        }
        return (rounds, Array.ConvertAll(booster.Predict(kept, trees: rounds), x => (double)x));
    }

    public static TreeModel Load(byte[] artefact, int threads) => new(Booster.Load(artefact, threads), XgboostLibrary.Version, threads);

    public override byte[] Save() => booster.Save();

    public override double[] LogOdds(FeatureMatrix inputs) => Array.ConvertAll(Predict(inputs, contributions: false), x => (double)x);

    public override float[] Contributions(FeatureMatrix inputs) => Predict(inputs, contributions: true);

    protected override void Dispose(bool disposing)
    {
        if (disposing) booster.Dispose();
        base.Dispose(disposing);
    }

    private float[] Predict(FeatureMatrix inputs, bool contributions)
    {
        if (inputs.Rows == 0) return [];
        using var matrix = new BoosterMatrix(inputs, null, threads);
        return booster.Predict(matrix, contributions);
    }
}
