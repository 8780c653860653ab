using System.Text.Json.Serialization;

namespace Followthrough.Analytics.Churn;

/// <summary>What a list is ranked by.</summary>
public enum ListBasis
{
    /// <summary>Calibrated probability.</summary>
    Model,

    /// <summary>Days since the last order: the model does not surely beat that, and the list says so.</summary>
    Recency,
}

/// <summary>One scoring of all eligible accounts by one model; it never changes.</summary>
public sealed record Scoring
{
    /// <summary>From this population stability index on, the accounts are others than those learned from.</summary>
    public const double DriftAlarm = Spread.Alarm;

    public required long Id { get; init; }
    public required long ModelId { get; init; }

    /// <summary>It saw what was known then.</summary>
    public required DateTimeOffset AsOf { get; init; }

    public required ListBasis Basis { get; init; }

    /// <summary>Why that basis, in a sentence.</summary>
    public required string BasisReason { get; init; }

    public required long Accounts { get; init; }

    /// <summary>Next year's revenue of those who stay, for each unit of the yearly average so far.</summary>
    public required decimal RevenueFactor { get; init; }

    /// <summary>Population stability index of each feature since the training; from 0.25 on the accounts are others than those learned from.</summary>
    public required IReadOnlyDictionary<string, double> Drift { get; init; }

    public required double LargestDrift { get; init; }
}

/// <summary>A fact behind a reason.</summary>
/// <param name="Feature">Id of the feature.</param>
/// <param name="Name">In plain words.</param>
/// <param name="Now">Its value at the account; null when unknown.</param>
/// <param name="Usual">The median of all scored accounts; null when unknown of most.</param>
/// <param name="Unit">For example "hours"; empty for plain numbers.</param>
public sealed record ReasonFact(string Feature, string Name, double? Now, double? Usual, string Unit);

/// <summary>Something that staff can act on, and how much it adds to the account's risk.</summary>
/// <param name="Group">Id of the group of features.</param>
/// <param name="Text">In a sentence.</param>
/// <param name="Weight">Added log-odds; positive speaks for leaving, negative for staying.</param>
/// <param name="Facts">The facts behind it, the strongest first.</param>
public sealed record RiskReason(string Group, string Text, double Weight, IReadOnlyList<ReasonFact> Facts)
{
    /// <summary>Whether anybody can do something about it; what kind of customer one is nobody can change.</summary>
    [JsonIgnore]
    public bool IsActionable => FeatureCatalogue.Groups.FirstOrDefault(g => g.Id == Group) is not { Action: null };

    /// <summary>What of them speaks for leaving: first what one can do something about, the strongest first, then the rest.</summary>
    public static IEnumerable<RiskReason> ForLeaving(IEnumerable<RiskReason> reasons) =>
        reasons.Where(reason => reason.Weight > 0).OrderByDescending(reason => reason.IsActionable);
}

/// <summary>What one scoring says of one account.</summary>
public sealed record AccountRisk
{
    public required long AccountId { get; init; }
    public required long ScoringId { get; init; }

    /// <summary>Calibrated probability of leaving as the model's label defines it, 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>By the scoring's basis, 1 is the likeliest; equal ones share the mean of their ranks.</summary>
    public required double RiskRank { get; init; }

    /// <summary>Change of the probability since the scoring about a week before; null for accounts it did not have.</summary>
    public double? ChangeSinceWeek { get; init; }

    /// <summary>Net revenue expected of the next twelve months if it stays; null where several currencies cannot be added.</summary>
    public decimal? ExpectedRevenue { get; init; }

    /// <summary>Expected value at stake: <see cref="ExpectedRevenue"/> times <see cref="Probability"/>.</summary>
    public decimal? AtStake { get; init; }

    /// <summary>ISO 4217 code of the two amounts.</summary>
    public string? Currency { get; init; }

    /// <summary>What moves it most, the strongest first; of XGBoost and logistic models alike.</summary>
    public required IReadOnlyList<RiskReason> Reasons { get; init; }
}
