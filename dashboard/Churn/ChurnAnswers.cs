using Followthrough.Analytics.Churn;
using Followthrough.Dashboard.Api;
using Followthrough.Dashboard.Filters;

namespace Followthrough.Dashboard.Churn;

/// <summary>A page of the risk list; without a scoring there is nothing in it.</summary>
internal sealed record RisksAnswer(ScoringAnswer? Scoring, Listing<RiskAnswer> Accounts);

/// <summary>What the list rests on.</summary>
/// <param name="Scoring">Its number.</param>
/// <param name="Model">Number of the model that made it.</param>
/// <param name="AsOf">It saw what was known then.</param>
/// <param name="Basis">model, or recency: then risk_rank counts and not the probability.</param>
/// <param name="BasisReason">Why that basis.</param>
/// <param name="LargestDrift">Population stability index of what changed most since the training; from 0.25 on the customers are others.</param>
internal sealed record ScoringAnswer(long Scoring, long Model, DateTimeOffset AsOf, string Basis, string BasisReason, double LargestDrift)
{
    internal static ScoringAnswer Of(Scoring scoring) =>
        new(scoring.Id, scoring.ModelId, scoring.AsOf, PageQuery.Word(scoring.Basis), scoring.BasisReason, scoring.LargestDrift);
}

/// <summary>A customer of the risk list; amounts are null where nothing was invoiced or in several currencies.</summary>
internal sealed record RiskAnswer
{
    public required string Account { get; init; }
    public required string AccountName { get; init; }
    public required string? Segment { get; init; }
    public required string? Region { get; init; }
    public required string? Owner { get; init; }
    public required string? Team { get; init; }

    /// <summary>Of leaving, 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>1 is the likeliest; equal ones share the mean of their ranks.</summary>
    public required double RiskRank { get; init; }

    /// <summary>Of the probability; null for who was not scored a week before.</summary>
    public required double? ChangeSinceWeek { get; init; }

    public required decimal? ExpectedRevenue { get; init; }
    public required decimal? AtStake { get; init; }
    public required string? Currency { get; init; }
    public required IReadOnlyList<RiskReason> Reasons { get; init; }
    public required DateTimeOffset? LastContactAt { get; init; }

    /// <summary>Commitments that are open and past due now.</summary>
    public required long Overdue { get; init; }

    /// <summary>Where what is owed to it is read.</summary>
    public required string Commitments { get; init; }

    internal static RiskAnswer Of(RiskLine line) => new()
    {
        Account = line.Key,
        AccountName = line.Name,
        Segment = line.Segment,
        Region = line.Region,
        Owner = line.Owner?.Key,
        Team = line.Team?.Key,
        Probability = line.Risk.Probability,
        RiskRank = line.Risk.RiskRank,
        ChangeSinceWeek = line.Risk.ChangeSinceWeek,
        ExpectedRevenue = line.Risk.ExpectedRevenue,
        AtStake = line.Risk.AtStake,
        Currency = line.Risk.Currency,
        Reasons = line.Risk.Reasons,
        LastContactAt = line.LastContactAt,
        Overdue = line.Overdue,
        Commitments = $"{ApiEndpoint.Path}/commitments?account={Uri.EscapeDataString(line.Key)}",
    };
}

/// <summary>A model's card.</summary>
/// <param name="Model">Its number.</param>
/// <param name="Kind">recency, logistic or xgboost.</param>
/// <param name="Predicts">What counts as leaving, in a sentence.</param>
/// <param name="DataCutOff">Nothing learned later was used.</param>
/// <param name="Rows">A customer counts once at each cut.</param>
/// <param name="Customers">How many it learned from.</param>
/// <param name="Churned">Rows that left.</param>
/// <param name="Note">What is to be known of the training; null when there is nothing.</param>
/// <param name="Library">What fitted it.</param>
/// <param name="ArtefactSha256">Of its bytes.</param>
/// <param name="FeatureSchemaSha256">Of what it reads.</param>
/// <param name="TrainedAt">When it was registered.</param>
/// <param name="Figures">What it is worth on rows it was not trained on.</param>
internal sealed record ModelAnswer(
    long Model, string Kind, string? Predicts, DateTimeOffset? DataCutOff, long Rows, long Customers, long Churned, string? Note, string Library,
    string ArtefactSha256, string FeatureSchemaSha256, DateTimeOffset TrainedAt, ModelFigures Figures)
{
    internal static ModelAnswer Of(RegisteredModel model) => new(
        model.Id, ChurnWords.Id(model.Kind), model.Training.Label is { } label ? ChurnWords.Label(label) : null, model.Training.DataCutOff,
        model.Training.Rows, model.Training.Customers, model.Training.Churned, model.Training.Note, model.Library, model.ArtefactSha256, model.FeatureSchemaSha256,
        model.CreatedAt, model.Figures);
}
