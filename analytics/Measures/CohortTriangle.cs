using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Measures;

/// <summary>By what customers are put together: the calendar month or quarter of their first order, in the reporting zone.</summary>
public enum CohortUnit { Month, Quarter }

/// <summary>A question about cohorts.</summary>
public sealed record CohortQuery
{
    /// <summary>Months or quarters; both the cohorts and the steps between the cells.</summary>
    public CohortUnit By { get; init; } = CohortUnit.Quarter;

    /// <summary>How many cells a cohort has at most, from 1.</summary>
    public int Steps { get; init; } = 12;

    /// <summary>Team key of whoever owned the account at the first order; null for all.</summary>
    public string? Team { get; init; }

    /// <summary>Staff key of whoever owned the account at the first order; null for all.</summary>
    public string? Staff { get; init; }

    /// <summary>Region of the account; null for all.</summary>
    public string? Region { get; init; }

    /// <summary>Segment of the account; null for all.</summary>
    public string? Segment { get; init; }

    /// <summary>As known then; null means now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Who asks.</summary>
    public required Viewer Viewer { get; init; }
}

/// <summary>Which customers ordered again how soon.</summary>
/// <param name="By">Months or quarters.</param>
/// <param name="AsOf">The moment whose knowledge and clock it states.</param>
/// <param name="DefinitionVersion">Version of the definition used.</param>
/// <param name="DefinitionHash">Hash of the definition used.</param>
/// <param name="Months">What the cells say: within how many months, ascending.</param>
/// <param name="Cohorts">In their order; a month or quarter in which nobody ordered for the first time has none.</param>
public sealed record CohortTriangle(
    CohortUnit By, DateTimeOffset AsOf, int DefinitionVersion, string DefinitionHash, IReadOnlyList<int> Months, IReadOnlyList<Cohort> Cohorts);

/// <summary>Customers whose first order lies in one period.</summary>
/// <param name="Period">That period.</param>
/// <param name="Customers">How many there are, at least one.</param>
/// <param name="Again">
/// Customers with another order within that many months, a cell for each of <see cref="CohortTriangle.Months"/>; null until the last
/// moment of the cohort is that long ago.
/// </param>
public sealed record Cohort(Period Period, long Customers, IReadOnlyList<long?> Again)
{
    /// <summary>The share of the cohort that a cell stands for, 0 to 1; null where the cell is.</summary>
    public double? Share(int cell) => (double?)Again[cell] / Customers;
}
