namespace Followthrough.Analytics.Compensation;

/// <summary>Who does something to pay.</summary>
/// <param name="Name">Sign-in name.</param>
/// <param name="User">The user; null for the command line.</param>
/// <param name="Staff">The person in the facts behind the user; null when nobody has said.</param>
public sealed record PayActor(string Name, Guid? User, string? Staff)
{
    /// <summary>Whoever runs commands on the machine.</summary>
    internal static PayActor CommandLine { get; } = new("command line", null, null);

    /// <summary>Whether it is the same human being: by user, by name or by the person behind several users.</summary>
    public bool Is(PayActor other) => Name == other.Name || (User is not null && User == other.User) || (Staff is not null && Staff == other.Staff);
}
