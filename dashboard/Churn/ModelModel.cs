using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Churn;

/// <summary>What a model's card draws.</summary>
public sealed record ModelModel
{
    private const int ModelsListed = 30;

    public required PageFrame Frame { get; init; }

    /// <summary>The model of the card: the one asked for, else the one that serves; null before the first training.</summary>
    public required RegisteredModel? Shown { get; init; }

    /// <summary>All models of its training, the one shown first: they saw the same rows and are judged on the same.</summary>
    public required IReadOnlyList<RegisteredModel> Beside { get; init; }

    /// <summary>The model that serves.</summary>
    public required RegisteredModel? Champion { get; init; }

    /// <summary>The model of a newer training that waits for a decision.</summary>
    public required RegisteredModel? Challenger { get; init; }

    /// <summary>The newest models, the newest first.</summary>
    public required IReadOnlyList<RegisteredModel> Models { get; init; }

    public required IReadOnlyList<ModelApproval> Approvals { get; init; }

    /// <summary>The newest scoring at the moment asked for, whose drift is shown.</summary>
    public required Scoring? Scoring { get; init; }

    /// <summary>Why a decision could not be taken; null when none failed.</summary>
    public string? Problem { get; init; }

    /// <summary>The reason as it was typed.</summary>
    public string Reason { get; init; } = "";

    public bool Serves => Shown is not null && Shown.Id == Champion?.Id;

    /// <summary>The model that may be approved from this page: the one shown where it does not serve, else the challenger.</summary>
    public RegisteredModel? Candidate => Serves ? Challenger : Shown;

    /// <summary>Null when there is no such model of the customers.</summary>
    internal static async Task<ModelModel?> ReadAsync(PageFrame frame, NpgsqlDataSource db, TimeProvider clock, long? model, CancellationToken ct)
    {
        var registry = new ChurnRegistry(db, clock);
        var champion = await registry.ChampionAsync(ChurnTraining.Accounts, ct);
        var shown = model is { } id ? await registry.FindAsync(id, ct) : champion;
        if (model is not null && shown?.Training.Subject != ChurnTraining.Accounts) return null;
        return new ModelModel
        {
            Frame = frame,
            Shown = shown,
            Beside = shown is null ? [] : [.. (await registry.OfTrainingAsync(shown.Training.Id, ct)).OrderByDescending(m => m.Id == shown.Id).ThenByDescending(m => m.Kind)],
            Champion = champion,
            Challenger = await registry.ChallengerAsync(ChurnTraining.Accounts, ct),
            Models = await registry.ModelsAsync(ChurnTraining.Accounts, ModelsListed, ct),
            Approvals = await registry.ApprovalsAsync(ChurnTraining.Accounts, ct),
            Scoring = await new ChurnScores(db).LatestAsync(frame.Query.AsOf, ct),
        };
    }
}
