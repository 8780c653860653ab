using System.Net.Mail;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Store;

namespace Followthrough.Dashboard.Admin;

/// <summary>What the form of a user holds, as it was filled in.</summary>
/// <param name="Name">Sign-in name; never changed once made.</param>
/// <param name="Email">The address by which another sign-in knows him; null for none.</param>
/// <param name="Roles">Roles, by name.</param>
/// <param name="Staff">Key of the person in the facts; null for none.</param>
/// <param name="Teams">Keys of the teams for which he answers.</param>
public sealed partial record UserForm(string? Name, string? Email, IReadOnlyList<string> Roles, string? Staff, IReadOnlyList<string> Teams)
{
    internal static UserForm Empty { get; } = new(null, null, [], null, []);

    internal static UserForm Of(ListedUser user) => new(user.Name, user.Email, user.Roles, user.StaffKey, user.Teams);

    internal static UserForm Read(IFormCollection form) => new(
        Text(form["name"]), Text(form["email"]), [.. Many(form["role"])], Text(form["staff"]), [.. Many(form["team"])]);

    /// <summary>What is wrong with it, in sentences; keys of persons and teams are checked where the facts are.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Name is null || !NamePattern().IsMatch(Name)) yield return "The name: expected 2 to 60 letters, digits and . - _ @ +, for example ada or ada.byron@example.com.";
        if (Email is not null && (Email.Length > 250 || !MailAddress.TryCreate(Email, out var address) || address.Address != Email))
            yield return "The e-mail address: expected one like ada@example.com.";
        if (Roles.Count == 0 || Roles.Except(Role.All).Any()) yield return "The roles: expected at least one of the list.";
    }

    /// <summary>As the log keeps it.</summary>
    public override string ToString() =>
        $"roles: {Words(Roles)}; person: {Staff ?? "none"}; teams: {Words(Teams)}; e-mail: {Email ?? "none"}";

    private static string Words(IReadOnlyList<string> items) => items.Count == 0 ? "none" : string.Join(", ", items.Order(StringComparer.Ordinal));

    private static string? Text(string? given) => given?.Trim() is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> Many(IEnumerable<string?> given) => given.OfType<string>().Where(text => text.Length > 0).Distinct();

    [GeneratedRegex(@"\A[A-Za-z0-9._@+\-]{2,60}\z")]
    private static partial Regex NamePattern();
}
