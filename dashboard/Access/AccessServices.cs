using System.Threading.RateLimiting;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access.External;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Admin;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Followthrough.Dashboard.Access;

/// <summary>Who may enter: users in the database, a cookie for twelve hours of use, everything closed unless it says otherwise.</summary>
internal static class AccessServices
{
    internal const string SignInLimit = "sign-in";
    internal const int SmallestPassword = 12;
    internal const string Cookie = "followthrough";

    // Cookies for people, tokens for programs; a request is judged by one of them.
    private const string ByRoute = "by route";

    internal static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDbContext<AnalyticsDbContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddIdentityCore<User>(Configure)
            .AddRoles<Role>()
            .AddUserStore<SealedUserStore>()
            .AddRoleStore<RoleStore<Role, AnalyticsDbContext, Guid>>()
            .AddTokenProvider<AuthenticatorTokenProvider<User>>(TokenOptions.DefaultAuthenticatorProvider)
            .AddSignInManager<SignIns>()
            .AddClaimsPrincipalFactory<SignedInUser>();
        var schemes = services.AddAuthentication(ByRoute)
            .AddPolicyScheme(ByRoute, null, scheme => scheme.ForwardDefaultSelector = BearerHandler.SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Bearer, null);
        schemes.AddIdentityCookies(Configure);
        schemes.AddExternalSignIn(configuration);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddDataProtection().SetApplicationName("followthrough");
        services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource>((options, db) => options.XmlRepository = new KeyRing(db));
        services.AddAntiforgery(Configure);
        services.AddRateLimiter(limits => limits.AddPolicy(SignInLimit, Limit).RejectionStatusCode = StatusCodes.Status429TooManyRequests);
        services.AddScoped<FirstAdministrator>();
        services.AddScoped<UserDesk>();
        services.AddSingleton<Targets.TargetDesk>();
        services.AddSingleton<ReadTokens>();
        services.AddSingleton<AccessLog>();
        return services;
    }

    /// <summary>Who asks, whether he is let through, and that forms are ours; in this order, after the routes are known.</summary>
    internal static void UseAccess(this WebApplication app)
    {
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseFormLimit();
        app.UseAntiforgery();
        app.UseOwnPasswords();
        app.UseGate();
        app.UseFormProof();
    }

    private static void Configure(IdentityOptions options)
    {
        // Length is what protects; composition rules only make passwords that people write down.
        options.Password.RequiredLength = SmallestPassword;
        options.Password.RequiredUniqueChars = 5;
        options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.User.RequireUniqueEmail = false;
    }

    private static void Configure(IdentityCookiesBuilder cookies)
    {
        cookies.ApplicationCookie!.Configure(Configure);
        // Between the password and the code, and on the way back from another sign-in.
        cookies.TwoFactorUserIdCookie!.Configure(cookie => cookie.Cookie.Name = "followthrough.step");
        cookies.ExternalCookie!.Configure(cookie => cookie.Cookie.Name = "followthrough.external");
    }

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = Cookie;
        options.Cookie.HttpOnly = true;
        // Lax, so that a link in a mail opens the page and not the sign-in; forms carry a token of their own.
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.LoginPath = options.AccessDeniedPath = SignInEndpoint.Path;
        options.ReturnUrlParameter = SignInEndpoint.ReturnTo;
        options.Events.OnRedirectToLogin = SignInEndpoint.AskAsync;
        // A page left open asks for news by itself: that is not use and must not keep the session alive.
        options.Events.OnCheckSlidingExpiration = asked =>
        {
            asked.ShouldRenew &= !asked.Request.Headers.ContainsKey("HX-Request");
            return Task.CompletedTask;
        };
    }

    private static void Configure(Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions options)
    {
        options.FormFieldName = "form_token";
        options.Cookie.Name = "followthrough.form";
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // Set by SecurityHeaders with the rest.
        options.SuppressXFrameOptionsHeader = true;
    }

    private static RateLimitPartition<string> Limit(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = 20, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("");
}
