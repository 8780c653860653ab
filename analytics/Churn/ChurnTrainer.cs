using Npgsql;

namespace Followthrough.Analytics.Churn;

/// <summary>What a training left in the registry.</summary>
/// <param name="Models">Numbers of the models by kind.</param>
/// <param name="Preferred">The one that would serve.</param>
/// <param name="IsChampion">Whether it serves: only the first of a subject does without a person's decision.</param>
/// <param name="Note">What is to be said of it; null when nothing is.</param>
public sealed record TrainingResult(IReadOnlyDictionary<ModelKind, long> Models, long Preferred, bool IsChampion, string? Note);

/// <summary>Trains models and registers them. Nothing is registered before all is done, so a killed training changes nothing.</summary>
public sealed class ChurnTrainer(NpgsqlDataSource db, TimeProvider clock)
{
    private const int CallsAWeek = 50;

    /// <summary>Seed of all draws; the same seed, rows and library give the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many can be called in a week; null for 50 of the company's own customers, a tenth of a table's.</summary>
    public int? Capacity { get; init; }

    internal bool WithTrees { get; init; } = XgboostLibrary.IsThere;

    /// <summary>Trains on the company's own customers, as known at the cut-off.</summary>
    /// <exception cref="ChurnException">There is too little to learn from, or a feature knows the outcome.</exception>
    public async Task<TrainingResult> TrainAsync(DateTimeOffset? cutOff, LabelRequest label, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        var (started, at) = (clock.GetUtcNow(), Cut.AsKept(cutOff ?? clock.GetUtcNow()));
        return await TrainAsync(await ChurnData.BuildAsync(db, at, label, progress, ct), at, started, ct);
    }

    internal async Task<TrainingResult> TrainAsync(ChurnData data, DateTimeOffset at, DateTimeOffset started, CancellationToken ct)
    {
        var trainer = new ModelTrainer
        {
            Seed = Seed,
            Capacity = Capacity ?? CallsAWeek,
            Recency = FeatureCatalogue.Recency,
            WithTrees = WithTrees,
            Cuts = data.Plan.Cuts,
            EmbargoDays = data.Plan.Label.MaturesAfterDays,
        };
        return await RegisterAsync(Training(ChurnTraining.Accounts, data.Table, started) with
        {
            DataCutOff = at,
            Label = data.Plan.Label,
            FeatureVersion = FeatureCatalogue.Version,
            Excluded = data.Excluded,
        }, trainer.Train(data.Table, null, ct), ct);
    }

    /// <summary>Trains on a labelled table of one's own.</summary>
    /// <param name="path">CSV with a header.</param>
    /// <param name="label">The column that says who left.</param>
    /// <param name="leftOut">Columns not to learn from: names of customers, and what was learned after the outcome.</param>
    /// <param name="ct">Stops it before anything is registered.</param>
    /// <exception cref="ChurnException">There is too little to learn from, or a column knows the outcome.</exception>
    public async Task<TrainingResult> TrainAsync(string path, string label, IReadOnlyCollection<string> leftOut, CancellationToken ct)
    {
        var started = clock.GetUtcNow();
        var (table, sha256) = await LabelledFile.ReadAsync(path, label, leftOut, ct);
        var models = new ModelTrainer { Seed = Seed, Capacity = Capacity, WithTrees = WithTrees }.Train(table, null, ct);
        return await RegisterAsync(Training(Path.GetFileNameWithoutExtension(path), table, started) with { SourceSha256 = sha256 }, models, ct);
    }

    private ChurnTraining Training(string subject, LabelledTable table, DateTimeOffset started) => new()
    {
        Id = 0,
        Subject = subject,
        Rows = table.Rows,
        Customers = table.Features.Customers.Distinct().Count(),
        Churned = table.Left.Count(l => l),
        Excluded = new Dictionary<string, long>(),
        StartedAt = started,
        FinishedAt = clock.GetUtcNow(),
    };

    private async Task<TrainingResult> RegisterAsync(ChurnTraining training, IReadOnlyList<TrainedModel> models, CancellationToken ct)
    {
        try
        {
            var preferred = Preferred(models);
            var note = Note(training, preferred);
            var ids = await TrainingRecord.WriteAsync(db, training with { FinishedAt = clock.GetUtcNow(), Note = note }, models, ct);
            var registry = new ChurnRegistry(db, clock);
            var first = await registry.ChampionAsync(training.Subject, ct) is null;
            if (first) await registry.BeginWithAsync(training.Subject, ids[preferred.Fitted.Kind], "the first model", ct);
            return new TrainingResult(ids, ids[preferred.Fitted.Kind], first, note);
        }
        finally
        {
            foreach (var model in models) model.Fitted.Dispose();
        }
    }

    // The trees, unless the simpler regression explains the test rows better.
    private static TrainedModel Preferred(IReadOnlyList<TrainedModel> models) => models
        .Where(m => m.Fitted.Kind != ModelKind.Recency)
        .MinBy(m => (m.Figures.LogLoss?.Value ?? 0, -(int)m.Fitted.Kind))!;

    private string? Note(ChurnTraining training, TrainedModel preferred)
    {
        var notes = new List<string>();
        if (!WithTrees) notes.Add("XGBoost's library is not on this machine, so the logistic regression serves.");
        if (preferred.Figures.N == 0) notes.Add("History is too short for a test after the training, so nothing is known of what the model is worth.");
        if (training.Subject == ChurnTraining.Accounts && !preferred.Figures.BeatsRecency)
            notes.Add("The lower bound of its lift does not beat the recency list, so lists are made by recency.");
        return notes.Count == 0 ? null : string.Join(' ', notes);
    }
}
