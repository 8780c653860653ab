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
}

/// <summary>What a user may do, by name.</summary>
public sealed class Role : IdentityRole<Guid>
{
    /// <summary>May do and see everything.</summary>
    public const string Administrator = "administrator";
}
