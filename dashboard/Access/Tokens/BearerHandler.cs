using System.Security.Claims;
using System.Text.Encodings.Web;
using Followthrough.Dashboard.Hooks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Followthrough.Dashboard.Access.Tokens;

/// <summary>Who a program reads for, by the token it carries.</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, ReadTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    internal const string Bearer = "bearer";

    /// <summary>
    /// Chooses between token and cookie: a token on the routes of the API, but what is read there is read with a session, too. No other
    /// site can read what its visitor's session would be answered, and what changes anything takes a token alone.
    /// </summary>
    internal static string SchemeOf(HttpContext http) =>
        http.Request.Path.StartsWithSegments(FactsEndpoint.Api, out var rest) && rest.HasValue && !IsReadInSession(http.Request) ? Bearer : IdentityConstants.ApplicationScheme;

    private static bool IsReadInSession(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Authorization.Count == 0 && request.Cookies.ContainsKey(AccessServices.Cookie);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Where anybody is let in, facts among them, tokens of this kind are not asked for. A bad one is as none: the challenge answers both.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null) return AuthenticateResult.NoResult();
        if (Request.Headers.Authorization is not [var given] || await tokens.FindAsync(given, Context.RequestAborted) is not { } token) return AuthenticateResult.NoResult();
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, token.User.ToString()), token.Scope.Claim()], Bearer);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Bearer));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(
            StatusCodes.Status401Unauthorized, "The token is not good",
            "Expected the header Authorization: Bearer with a token that reads, made under Settings, that has not expired or been revoked.").ExecuteAsync(Context);
    }
}
