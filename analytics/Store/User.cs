using Microsoft.AspNetCore.Identity;

namespace Followthrough.Analytics.Store;

/// <summary>A person who may sign in. The password is kept as Identity's salted hash only.</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>True while the password is one that somebody else made: it opens nothing but the page that replaces it.</summary>
    public bool MustChoosePassword { get; set; }

    /// <summary>When the user was added, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last sign-in, UTC; null before the first.</summary>
    public DateTimeOffset? SignedInAt { get; set; }

    /// <summary>Key of the person in the facts that this user is; null when nobody has said.</summary>
    public string? StaffKey { get; set; }

    /// <summary>IANA zone in which the user reads times; null for the company's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Since when the user may not sign in, UTC; null while he may.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}

/// <summary>A team for which a user with the role manager answers.</summary>
public sealed class UserTeam
{
    /// <summary>The user.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Key of the team in the facts.</summary>
    public required string TeamKey { get; init; }
}

/// <summary>What a user may do, by name.</summary>
public sealed class Role : IdentityRole<Guid>
{
    /// <summary>Sees every figure and where it comes from.</summary>
    public const string Executive = "executive";

    /// <summary>Sees the figures of the teams he answers for.</summary>
    public const string Manager = "manager";

    /// <summary>Sees his own record.</summary>
    public const string Staff = "staff";

    /// <summary>Sees every figure, every record and who did what; audits projects and changes nothing else.</summary>
    public const string Auditor = "auditor";

    /// <summary>Brings data in and keeps it clean; sees every figure.</summary>
    public const string Operations = "operations";

    /// <summary>May do and see everything.</summary>
    public const string Administrator = "administrator";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Executive, Manager, Staff, Auditor, Operations, Administrator];
}
