using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Followthrough.Tests.Dashboard.Access;

/// <summary>Another system's sign-in, which speaks OAuth 2 on a loopback port: whoever comes is the person it was told.</summary>
internal sealed class OtherSignIn : IAsyncDisposable
{
    private const string Code = "code-of-one-sign-in";
    private const string AccessToken = "token-of-one-sign-in";

    private readonly WebApplication _server;

    private OtherSignIn(WebApplication server) => _server = server;

    /// <summary>What it says of the person, as JSON.</summary>
    internal string User { get; set; } = "{}";

    /// <summary>The secrets that came with codes.</summary>
    internal List<string> Secrets { get; } = [];

    internal string Address => _server.Urls.Single();

    internal static async Task<OtherSignIn> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var other = new OtherSignIn(server);
        server.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync(ct);
            other.Secrets.Add(form["client_secret"].ToString());
            return form["code"] == Code && form["code_verifier"].ToString().Length > 40
                ? Results.Json(new { access_token = AccessToken, token_type = "Bearer" })
                : Results.BadRequest();
        });
        server.MapGet("/user", (HttpRequest request) =>
            request.Headers.Authorization == $"Bearer {AccessToken}" ? Results.Content(other.User, "application/json") : Results.Unauthorized());
        await server.StartAsync(ct);
        return other;
    }

    /// <summary>Signs in over there and comes back; where that leads in the end.</summary>
    internal static async Task<string> ComeBackAsync(Visitor visitor, string start, string code = Code)
    {
        using var leave = await visitor.GetAsync(start);
        var state = System.Web.HttpUtility.ParseQueryString(leave.Headers.Location!.Query)["state"];
        var cookie = leave.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("followthrough.state.", StringComparison.Ordinal)).Split(';')[0];
        using var back = await visitor.GetWithAsync($"/sign-in/back?code={code}&state={Uri.EscapeDataString(state!)}", cookie);
        var next = back.Headers.Location!.PathAndQuery();
        if (!next.StartsWith("/sign-in/arrived", StringComparison.Ordinal)) return next;
        using var arrived = await visitor.GetAsync(next);
        return arrived.Headers.Location!.PathAndQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
    }
}
