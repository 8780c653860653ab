namespace Followthrough.Analytics.ProjectAudits;

/// <summary>Who does something to an audit, and when.</summary>
/// <param name="Name">Sign-in name.</param>
/// <param name="Staff">The person in the facts behind the user; null when nobody has said.</param>
/// <param name="At">The moment.</param>
/// <param name="Zone">The company's, in which its days end.</param>
/// <param name="Roles">The roles whose holders may audit.</param>
internal sealed record AuditActor(string Name, string? Staff, DateTimeOffset At, TimeZoneInfo Zone, IReadOnlyCollection<string> Roles)
{
    private const int LongestWords = 2_000;

    /// <summary>What was said, without what stands around it.</summary>
    /// <exception cref="AuditException">Nothing was, or too much.</exception>
    public static string Said(string? words, string what) => words?.Trim() is { Length: > 0 } text
        ? text.Length <= LongestWords ? text : throw new AuditException($"{what} has at most {LongestWords} characters.")
        : throw new AuditException($"{what} is missing.");
}

/// <summary>What a change did, for the log.</summary>
/// <param name="Subject">What it was done to.</param>
/// <param name="Before">What it was; null where it was not.</param>
/// <param name="After">What it is since.</param>
public sealed record AuditChange(string Subject, string? Before, string After);
