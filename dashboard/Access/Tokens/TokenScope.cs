using System.Security.Claims;
using Followthrough.Dashboard.Compensation;
using Followthrough.Dashboard.Hooks;

namespace Followthrough.Dashboard.Access.Tokens;

/// <summary>What a program may do with the token it carries. Every token reads what its user sees; what changes anything takes one made for that.</summary>
public enum TokenScope
{
    /// <summary>Reads, and nothing else.</summary>
    Read,

    /// <summary>Takes the steps of pay runs that its user may, too.</summary>
    Pay,

    /// <summary>Signs quarters for its user, too.</summary>
    Sign,

    /// <summary>Takes the steps of project audits and answers findings as its user may, too.</summary>
    Audit,
}

/// <summary>Scopes as they are kept, chosen, said and asked for.</summary>
internal static class TokenScopes
{
    private const string ClaimType = "token_scope";

    /// <summary>As it is kept and sent.</summary>
    internal static string Key(this TokenScope scope) => scope.ToString().ToLowerInvariant();

    /// <summary>What it does beside reading, as a clause about the program; null when nothing.</summary>
    internal static string? Deed(this TokenScope scope) => scope switch
    {
        TokenScope.Pay => "takes the steps of pay runs that you may: prepare, send, review, approve",
        TokenScope.Sign => "signs quarters in your name",
        TokenScope.Audit => "takes the steps of project audits that you may: assign, look at, sign off, answer findings",
        _ => null,
    };

    /// <summary>The scope of that key; null when there is none.</summary>
    internal static TokenScope? Find(string? key) => Enum.GetValues<TokenScope>().Where(scope => scope.Key() == key).Cast<TokenScope?>().FirstOrDefault();

    /// <summary>What somebody can have a program do: what he may not do himself is not among it.</summary>
    internal static IReadOnlyList<TokenScope> Of(SignedIn who) =>
    [
        TokenScope.Read,
        .. RunStep.All.Any(step => step.IsOf(who)) ? [TokenScope.Pay] : Array.Empty<TokenScope>(),
        .. who.May(Right.Close) ? [TokenScope.Sign] : Array.Empty<TokenScope>(),
        .. who.May(Right.Audit) || who.StaffKey is not null ? [TokenScope.Audit] : Array.Empty<TokenScope>(),
    ];

    internal static Claim Claim(this TokenScope scope) => new(ClaimType, scope.Key());

    /// <summary>Why the program's token is too narrow for what it asks; null when it is not.</summary>
    internal static IResult? Refusal(HttpContext http, TokenScope needed) => http.User.HasClaim(ClaimType, needed.Key()) ? null
        : Problem.Of(StatusCodes.Status403Forbidden, "This token is made for something else", $"Expected a token that {needed.Deed()}, made under Settings.");
}
