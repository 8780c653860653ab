using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;

namespace Followthrough.Dashboard.Access.External;

/// <summary>Sets the framework's OAuth handler up where the configuration names another sign-in.</summary>
internal static class ExternalSignIn
{
    internal const string Scheme = "external";

    // The handler's own route: codes come back here.
    private const string Callback = SignInEndpoint.Path + "/back";

    internal static void AddExternalSignIn(this AuthenticationBuilder schemes, IConfiguration configuration)
    {
        var settings = configuration.GetSection("SignIn:OAuth").Get<ExternalSignInOptions>();
        if (string.IsNullOrEmpty(settings?.ClientId)) return;
        if (settings.Problem() is { } problem) throw new InvalidOperationException(problem);
        schemes.Services.AddSingleton(settings);
        schemes.AddOAuth(Scheme, options => Configure(options, settings));
    }

    private static void Configure(OAuthOptions options, ExternalSignInOptions settings)
    {
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.CallbackPath = Callback;
        options.ClientId = settings.ClientId!;
        options.ClientSecret = File.ReadAllText(settings.ClientSecretFile!).Trim();
        (options.AuthorizationEndpoint, options.TokenEndpoint, options.UserInformationEndpoint) =
            (settings.AuthorizationEndpoint!, settings.TokenEndpoint!, settings.UserInformationEndpoint!);
        options.UsePkce = true;
        options.CorrelationCookie.Name = "followthrough.state.";
        // The other system sends the browser back by a plain link, so it need not travel along with anything else.
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        foreach (var scope in settings.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) options.Scope.Add(scope);
        options.Events.OnCreatingTicket = context => ReadAsync(context, settings);
        options.Events.OnRemoteFailure = context =>
        {
            context.Response.Redirect(ExternalEndpoint.Refused);
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    // Nothing is kept of what the other system gave us but the address.
    private static async Task ReadAsync(OAuthCreatingTicketContext context, ExternalSignInOptions settings)
    {
        var ct = context.HttpContext.RequestAborted;
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await context.Backchannel.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
        using var user = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct));
        if (EmailOf(user.RootElement, settings) is { } email) context.Identity!.AddClaim(new Claim(ClaimTypes.Email, email));
    }

    private static string? EmailOf(JsonElement user, ExternalSignInOptions settings) =>
        IsVerified(user, settings.VerifiedField) && user.TryGetProperty(settings.EmailField, out var email) && email.ValueKind == JsonValueKind.String ? email.GetString() : null;

    private static bool IsVerified(JsonElement user, string field) =>
        field.Length == 0 || (user.TryGetProperty(field, out var verified) && verified.ValueKind == JsonValueKind.True);
}
