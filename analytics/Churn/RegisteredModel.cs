namespace Followthrough.Analytics.Churn;

/// <summary>What a model is made of.</summary>
public enum ModelKind
{
    /// <summary>Days since the last order, calibrated: the floor that every model has to beat.</summary>
    Recency,

    /// <summary>Logistic regression.</summary>
    Logistic,

    /// <summary>Gradient-boosted trees.</summary>
    XGBoost,
}

/// <summary>What a training saw; all its models saw the same.</summary>
public sealed record ChurnTraining
{
    /// <summary>The subject of the company's own customers; any other is a labelled table's name.</summary>
    public const string Accounts = "accounts";

    public required long Id { get; init; }
    public required string Subject { get; init; }

    /// <summary>Nothing learned later was used; null for a labelled table.</summary>
    public DateTimeOffset? DataCutOff { get; init; }

    /// <summary>Null for a labelled table.</summary>
    public LabelDefinition? Label { get; init; }

    /// <summary>Version of the statement that makes the features; null for a labelled table.</summary>
    public int? FeatureVersion { get; init; }

    /// <summary>SHA-256 of a labelled table's bytes, in lower-case hexadecimal; null otherwise.</summary>
    public string? SourceSha256 { get; init; }

    /// <summary>An account counts once at each cut.</summary>
    public required long Rows { get; init; }

    public required long Customers { get; init; }

    /// <summary>Rows that left.</summary>
    public required long Churned { get; init; }

    /// <summary>Rows left out, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Excluded { get; init; }

    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Why the recency list is shipped, or that XGBoost was missing; null when there is nothing to say.</summary>
    public string? Note { get; init; }
}

/// <summary>A model of the registry, without its bytes.</summary>
public sealed record RegisteredModel
{
    public required long Id { get; init; }
    public required ChurnTraining Training { get; init; }
    public required ModelKind Kind { get; init; }

    /// <summary>SHA-256 of its feature schema.</summary>
    public required string FeatureSchemaSha256 { get; init; }

    /// <summary>As JSON.</summary>
    public required string Parameters { get; init; }

    public required int Seed { get; init; }

    /// <summary>Name and version of what fitted it.</summary>
    public required string Library { get; init; }

    public required string ArtefactSha256 { get; init; }
    public required ModelFigures Figures { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A decision that a model serves.</summary>
/// <param name="ModelId">The champion from then on.</param>
/// <param name="ReplacedModelId">Whose place it took; null for a subject's first.</param>
/// <param name="ApprovedBy">User name; null for a subject's first, which replaced none.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="ApprovedAt">When it was decided.</param>
public sealed record ModelApproval(long ModelId, long? ReplacedModelId, string? ApprovedBy, string Reason, DateTimeOffset ApprovedAt);
