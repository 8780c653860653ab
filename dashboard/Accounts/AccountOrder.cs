namespace Followthrough.Dashboard.Accounts;

/// <summary>What the list of accounts can be ordered by.</summary>
public enum AccountOrder { Name, Segment, Region, Owner, Open, Overdue, LastContact }
