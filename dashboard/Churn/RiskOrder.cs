namespace Followthrough.Dashboard.Churn;

/// <summary>What the risk list can be ordered by.</summary>
public enum RiskOrder { AtStake, Probability, Rank, Change, Name, Owner, Overdue, LastContact }
