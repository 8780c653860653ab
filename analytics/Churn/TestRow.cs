namespace Followthrough.Analytics.Churn;

/// <summary>A row that a model was not trained on, what the model said of it, and what came.</summary>
/// <param name="Customer">Whose row it is.</param>
/// <param name="Fold">The test part it is in.</param>
/// <param name="Segment">Null where there is none.</param>
/// <param name="Probability">Calibrated, of leaving.</param>
/// <param name="Recency">What the recency list is ranked by; null where there is none.</param>
/// <param name="Left">Whether it left.</param>
/// <param name="LeftTwice">With twice the horizon; null when unknown.</param>
internal sealed record TestRow(long Customer, string Fold, string? Segment, double Probability, double? Recency, bool Left, bool? LeftTwice);
