namespace Followthrough.Analytics.Churn;

/// <summary>A fitted model and what it was found to be worth.</summary>
internal sealed record TrainedModel(FittedModel Fitted, ModelFigures Figures);

/// <summary>Trains every model there is on the same rows and judges each on rows it did not see.</summary>
internal sealed class ModelTrainer
{
    private const double ShareOfCapacity = 0.1;

    public int Seed { get; init; } = 1;

    /// <summary>How many can be called of a fold; null for a tenth of it.</summary>
    public int? Capacity { get; init; }

    /// <summary>The column that a recency list is ranked by; null without one.</summary>
    public string? Recency { get; init; }

    /// <summary>Whether trees may be used; they need the library as well.</summary>
    public bool WithTrees { get; init; } = XgboostLibrary.IsThere;

    /// <summary>Days from a cut until its labels are known: no training cut is nearer to a test cut. 0 without time.</summary>
    public int EmbargoDays { get; init; }

    /// <summary>The cuts of the table as moments; empty without time.</summary>
    public IReadOnlyList<DateTimeOffset> Cuts { get; init; } = [];

    /// <summary>The folds, as many as history has room for; the newest of the company's own cuts are tested.</summary>
    public int TestCuts { get; init; } = 3;

    /// <summary>Trains the recency floor, where there is one, the regression and, where they can be had, the trees.</summary>
    /// <exception cref="ChurnException">A column knows the outcome, or there is too little to learn from.</exception>
    public IReadOnlyList<TrainedModel> Train(LabelledTable table, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        Guard(table, isMade: Cuts.Count > 0);
        var kinds = Enum.GetValues<ModelKind>().Where(k => (k != ModelKind.Recency || Recency is not null) && (k != ModelKind.XGBoost || WithTrees)).ToList();
        var trained = new List<TrainedModel>();
        foreach (var kind in kinds)
        {
            ct.ThrowIfCancellationRequested();
            progress?.Report((trained.Count, kinds.Count));
            trained.Add(Train(kind, table, ct));
        }
        progress?.Report((kinds.Count, kinds.Count));
        return trained;
    }

    /// <summary>The rows of a test part, and those that may be learned from for it.</summary>
    internal IReadOnlyList<(string Name, LabelledTable Train, LabelledTable Test)> Parts(LabelledTable table)
    {
        var parts = Cuts.Count == 0
            ? Enumerable.Range(0, Folds.Count).Select(part => (Name: $"part {part + 1}", Train: table.Where(r => PartOf(table, r) != part), Test: table.Where(r => PartOf(table, r) == part)))
            : Enumerable.Range(0, Cuts.Count).TakeLast(TestCuts)
                .Select(test => (Name: table.CutNames[test], Train: table.Where(r => Cuts[table.Cuts[r]].AddDays(EmbargoDays) <= Cuts[test]), Test: table.Where(r => table.Cuts[r] == test)));
        return [.. parts.Where(p => ModelFitter.IsEnough(p.Train) && p.Test.Rows > 0)];
    }

    private TrainedModel Train(ModelKind kind, LabelledTable table, CancellationToken ct)
    {
        var rows = new List<TestRow>();
        foreach (var (name, train, test) in Parts(table))
        {
            ct.ThrowIfCancellationRequested();
            using var model = Fit(kind, train, TreeSettings.Choices);
            rows.AddRange(Rows(name, test, model.Probabilities(test.Features)));
        }
        var fitted = Fit(kind, table, TreeSettings.Choices);
        var figures = new ModelJudge(rows, Capacity ?? Math.Max(1, (int)(ShareOfCapacity * rows.Count / Math.Max(1, rows.Select(r => r.Fold).Distinct().Count()))))
            .Judge(Drivers(fitted, table), Cuts.Count == 0 ? null : Disjoint(kind, table));
        return new TrainedModel(fitted, figures);
    }

    private FittedModel Fit(ModelKind kind, LabelledTable table, IReadOnlyList<TreeSettings> choices)
    {
        var fitter = new ModelFitter(Seed);
        return kind switch
        {
            ModelKind.Recency => fitter.Recency(table, Recency!),
            ModelKind.Logistic => fitter.Logistic(table),
            ModelKind.XGBoost => fitter.Trees(table, choices),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private IEnumerable<TestRow> Rows(string fold, LabelledTable test, double[] probabilities)
    {
        var recency = Recency is null ? null : test.Features.Column(Recency)!.Numbers;
        return Enumerable.Range(0, test.Rows).Select(r => new TestRow(
            test.Features.Customers[r], fold, test.Segments[r], probabilities[r],
            recency is null ? null : float.IsFinite(recency[r]) ? recency[r] : double.MaxValue, test.Left[r], test.LeftTwice?[r]));
    }

    // Halves of the customers by turns: each is predicted by a model that saw no row of theirs.
    private double? Disjoint(ModelKind kind, LabelledTable table)
    {
        var ranked = new List<RankedCustomer>();
        foreach (var (_, train, test) in Parts(table).TakeLast(1))
        {
            foreach (var half in new[] { 0, 1 })
            {
                var (others, ours) = (train.Where(r => PartOf(train, r) % 2 != half), test.Where(r => PartOf(test, r) % 2 == half));
                using var model = Fit(kind, others, TreeSettings.Choices.Take(1).ToList());
                ranked.AddRange(model.Probabilities(ours.Features).Select((p, r) => new RankedCustomer(p, ours.Left[r])));
            }
        }
        return new RankedScores(ranked).RocAuc;
    }

    private static List<ModelDriver> Drivers(FittedModel model, LabelledTable table)
    {
        var (parts, width) = (model.Contributions(table.Features), model.Schema.Columns.Count);
        return [.. model.Schema.Columns.Select((column, i) =>
        {
            var weight = Enumerable.Range(0, table.Rows).Average(row => Math.Abs((double)parts[row * width + i]));
            var feature = FeatureCatalogue.Find(column.Name);
            return new ModelDriver(feature?.Group ?? column.Name, feature?.Name ?? column.Name, weight);
        }).OrderByDescending(d => d.Weight)];
    }

    private int PartOf(LabelledTable table, int row) => Folds.PartOf(table.Features.Customers[row], Seed + 1);

    private static void Guard(LabelledTable table, bool isMade)
    {
        if (LeakGuard.Check(table, isMade) is { Count: > 0 } leaks)
            throw new ChurnException($"""
                Some columns seem to know the outcome. Leave them out (--without), or find out how they come to know it:
                {string.Join('\n', leaks.Select(l => $"  {l.Column}: {l.Why}"))}
                """);
    }
}
