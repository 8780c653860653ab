using System.Globalization;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Hooks;

/// <summary>Making and revoking the tokens of programs that send facts.</summary>
internal static class TokensEndpoint
{
    internal const string Path = "/data/tokens";
    internal const string New = Path + "/new";

    /// <summary>Days a token may be good for.</summary>
    internal static IReadOnlyList<int> Days { get; } = [30, 90, 365];

    internal static void MapTokens(this IEndpointRouteBuilder pages)
    {
        var desk = pages.MapGroup("").Needs(Right.Connect);
        desk.MapGet(New, (PageFrame frame) => Form(frame, null, []));
        desk.MapPost(New, MakeAsync);
        desk.MapGet(Path + "/{name}/revoke", (PageFrame frame, ApiTokens tokens, string name, CancellationToken cancellation) => RevokeFormAsync(frame, tokens, name, null, cancellation));
        desk.MapPost(Path + "/{name}/revoke", RevokeAsync);
    }

    private static async Task<IResult> MakeAsync(
        PageFrame frame, HttpContext http, ApiTokens tokens, AccessLog log, [FromForm] string? name, [FromForm] string? days, CancellationToken cancellation)
    {
        var called = name?.Trim();
        if (!SourceForm.IsName(called)) return Form(frame, called, ["The name: expected up to 40 small letters, digits and hyphens, for example billing-export."]);
        if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || !Days.Contains(count))
            return Form(frame, called, ["How long it is good for: expected one of the list."]);
        if (await tokens.MakeAsync(called!, TimeSpan.FromDays(count), cancellation) is not { } token)
            return Form(frame, called, [$"There is, or was, a token “{called}”. Expected another name, so that it stays clear who sent what."]);
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.TokenMade, $"token {called} that sends facts", null, $"good for {count} days", cancellation);
        return SourcesEndpoint.ShowOnce(http, new ShownOnceModel(
            frame, $"The token “{called}” is made", $"It opens POST {FactsEndpoint.Path} for {count} days, and nothing else.", token,
            "Give it to the program now. Only its hash is kept, so it can't be shown again.", SourcesEndpoint.Path));
    }

    private static async Task<IResult> RevokeAsync(PageFrame frame, ApiTokens tokens, AccessLog log, string name, [FromForm] string? typed, CancellationToken cancellation)
    {
        if (typed?.Trim() != name) return await RevokeFormAsync(frame, tokens, name, $"Nothing was revoked: expected the name {name}.", cancellation);
        await tokens.RevokeAsync(name, cancellation);
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.TokenRevoked, $"token {name} that sends facts", "good", "revoked", cancellation);
        return Results.LocalRedirect(SourcesEndpoint.Path);
    }

    private static async Task<IResult> RevokeFormAsync(PageFrame frame, ApiTokens tokens, string name, string? problem, CancellationToken cancellation) =>
        (await tokens.ReadAsync(cancellation)).Any(t => t.Name == name && t.RevokedAt is null)
            ? ConfirmModel.Page(new ConfirmModel(
                frame, $"Revoke the token “{name}”", "The program that has it can send no more facts. What it has sent stays.", $"{Path}/{name}/revoke", name, "Revoke it", problem))
            : Results.NotFound();

    private static IResult Form(PageFrame frame, string? name, IReadOnlyList<string> problems) =>
        Screen.Of<NewTokenPage>(new NewTokenModel(frame, name, problems), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
