namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Somebody who could audit: a user who may, and the person in the facts that he is.</summary>
/// <param name="Staff">Staff key.</param>
/// <param name="Name">His name.</param>
/// <param name="Unit">His unit; null when not known.</param>
public sealed record Auditor(string Staff, string Name, string? Unit);

/// <summary>What binds a person to a project. Nothing does where all is zero and false.</summary>
public sealed record AuditorTies
{
    /// <summary>The project manager is he.</summary>
    public bool Manages { get; init; }

    /// <summary>Entries of his work among the project's costs.</summary>
    public long CostEntries { get; init; }

    /// <summary>Hours in them; null when none says how many.</summary>
    public decimal? Hours { get; init; }

    /// <summary>His communications under the project.</summary>
    public long Communications { get; init; }

    /// <summary>What he owes or owed the customer on it.</summary>
    public long Commitments { get; init; }

    /// <summary>His share of the volumes of the project's customer that pay somebody; null without one.</summary>
    public decimal? Credit { get; init; }

    /// <summary>He owns, sponsors or serves the project's customer, now or in the quarter.</summary>
    public bool HasAccount { get; init; }

    /// <summary>He is the manager of the project manager.</summary>
    public bool LeadsManager { get; init; }
}
