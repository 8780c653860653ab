using Followthrough.Analytics.Facts;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>How far the audit of a project is.</summary>
public enum AuditState
{
    /// <summary>Owed, and nobody is at it.</summary>
    Open,

    /// <summary>Somebody of another unit has it.</summary>
    Assigned,

    /// <summary>All that was drawn has been looked at.</summary>
    Reviewed,

    /// <summary>Signed off by another unit.</summary>
    SignedOff,
}

/// <summary>A project that is owed an audit of a quarter. One row per project and calendar quarter.</summary>
public sealed record AuditedProject
{
    /// <summary>Source key of the customer.</summary>
    public required string Account { get; init; }

    public required string AccountName { get; init; }

    /// <summary>With the account, the commitment that the audit keeps.</summary>
    public required string CommitmentKey { get; init; }

    /// <summary>Source key of the project.</summary>
    public required string Project { get; init; }

    public required string ProjectName { get; init; }

    /// <summary>Staff key of the project manager; null when nobody is.</summary>
    public required string? Manager { get; init; }

    public required string? ManagerName { get; init; }
    public required string? TeamName { get; init; }

    /// <summary>The unit that does the work: its team's, else its manager's; null when not known, and then everybody counts as being of it.</summary>
    public required string? Unit { get; init; }

    /// <summary>Last day of the calendar quarter.</summary>
    public required DateOnly Quarter { get; init; }

    /// <summary>When the quarter was over.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>By when another unit has to have signed off.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When the commitment was kept; null until then. The ledger says so, a moment after the sign-off.</summary>
    public required DateTimeOffset? KeptAt { get; init; }

    /// <summary>Why it need not be audited; null for the rest.</summary>
    public required string? Excused { get; init; }

    /// <summary>The audit that is done here; null while nobody is assigned.</summary>
    public required AuditCase? Case { get; init; }

    /// <summary>The audit that another system told of; null where none did.</summary>
    public required AuditElsewhere? Elsewhere { get; init; }

    /// <summary>The work itself.</summary>
    public required AuditedWork Work { get; init; }

    /// <summary>How far it is, here or elsewhere.</summary>
    public AuditState State => this switch
    {
        { Case.SignedAt: not null } or { Elsewhere.Keeps: true } => AuditState.SignedOff,
        { Case: { } here } => here.Items > 0 && here.Items == here.Judged ? AuditState.Reviewed : AuditState.Assigned,
        { Elsewhere.SignedOffAt: null, Elsewhere: not null } => AuditState.Assigned,
        _ => AuditState.Open,
    };

    /// <summary>Whether a person is its auditor here.</summary>
    public bool IsAuditedBy(string? staff) => Case is { } audit && audit.Auditor == staff;

    /// <summary>Whether it counts as signed off because another system said so.</summary>
    public bool IsSignedElsewhere => Case?.SignedAt is null && Elsewhere is { Keeps: true };

    /// <summary>Staff key of who audits or audited it; null while nobody does.</summary>
    public string? Auditor => IsSignedElsewhere ? Elsewhere!.Auditor : Case?.Auditor ?? Elsewhere?.Auditor;

    /// <summary>His name.</summary>
    public string? AuditorName => IsSignedElsewhere ? Elsewhere!.AuditorName : Case?.AuditorName ?? Elsewhere?.AuditorName;

    /// <summary>When it was signed off so that it counts; null until then.</summary>
    public DateTimeOffset? SignedOffAt => IsSignedElsewhere ? Elsewhere!.SignedOffAt : Case?.SignedAt;

    /// <summary>What it came to: sound, minor findings, major findings, or another system's words; null until it is signed off.</summary>
    public string? Rating => IsSignedElsewhere ? Elsewhere!.Rating : Case?.Rating;

    /// <summary>The auditor's words; null until it is signed off, and where another system has none.</summary>
    public string? Summary => IsSignedElsewhere ? Elsewhere!.Summary : Case?.Summary;
}

/// <summary>An audit that is done here.</summary>
public sealed record AuditCase
{
    public required long Id { get; init; }

    /// <summary>Staff key.</summary>
    public required string Auditor { get; init; }

    public required string AuditorName { get; init; }

    /// <summary>His unit when he was assigned or signed.</summary>
    public required string AuditorUnit { get; init; }

    public required DateTimeOffset AssignedAt { get; init; }

    /// <summary>Sign-in name.</summary>
    public required string AssignedBy { get; init; }

    /// <summary>What the sample was drawn by.</summary>
    public required string Seed { get; init; }

    public required DateTimeOffset DrawnAt { get; init; }

    /// <summary>How many communications there were to draw from.</summary>
    public required int Communications { get; init; }

    /// <summary>How many commitments there were to draw from.</summary>
    public required int Commitments { get; init; }

    public required DateTimeOffset? SignedAt { get; init; }

    /// <summary>Sign-in name.</summary>
    public required string? SignedBy { get; init; }

    public required string? Rating { get; init; }
    public required string? Summary { get; init; }

    /// <summary>Drawn for a closer look.</summary>
    public required long Items { get; init; }

    /// <summary>Of them, looked at.</summary>
    public required long Judged { get; init; }

    /// <summary>Of those, not as they should be.</summary>
    public required long Exceptions { get; init; }

    public required long Findings { get; init; }
    public required long OpenFindings { get; init; }
    public required long HighFindings { get; init; }
}

/// <summary>An audit that another system told of.</summary>
/// <param name="Key">Source key of the fact.</param>
/// <param name="Auditor">Staff key.</param>
/// <param name="AuditorName">His name.</param>
/// <param name="AuditorUnit">His unit as recorded there; null when not said.</param>
/// <param name="BegunAt">When it was begun.</param>
/// <param name="SignedOffAt">When it was signed off; null while it goes on.</param>
/// <param name="Rating">In that system's words.</param>
/// <param name="Summary">In that system's words.</param>
/// <param name="Keeps">Whether the commitment is kept by it: signed off, and by another unit.</param>
public sealed record AuditElsewhere(
    string Key, string Auditor, string AuditorName, string? AuditorUnit, DateTimeOffset BegunAt, DateTimeOffset? SignedOffAt, string? Rating, string? Summary, bool Keeps);

/// <summary>What is known of the project itself.</summary>
/// <param name="BeganAt">When it began; null when the project is no longer among the facts.</param>
/// <param name="AcceptedAt">When the customer accepted it; null while open.</param>
/// <param name="Contract">Null when the project is no longer among the facts.</param>
/// <param name="ContractValue">Agreed price net of tax, in <paramref name="Currency"/>; null when not known.</param>
/// <param name="BudgetCost">Planned cost, in <paramref name="Currency"/>; null when not known.</param>
/// <param name="Currency">Null when not known.</param>
/// <param name="PlannedEnd">Null when not known.</param>
public sealed record AuditedWork(
    DateTimeOffset? BeganAt, DateTimeOffset? AcceptedAt, ContractType? Contract, decimal? ContractValue, decimal? BudgetCost, string? Currency, DateOnly? PlannedEnd);
