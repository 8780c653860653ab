using System.Globalization;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Followthrough.Dashboard.Access.Own;

/// <summary>Making and revoking tokens with which a program reads what the user himself sees, and does for him what the token was made for.</summary>
internal static class OwnTokensEndpoint
{
    internal const string Path = SettingsEndpoint.Path + "/tokens";
    internal const string New = Path + "/new";

    internal static void MapOwnTokens(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(New, (PageFrame frame) => Form(frame, null, TokenScope.Read, []));
        pages.MapPost(New, MakeAsync);
        pages.MapGet(Path + "/{name}/revoke", (PageFrame frame, ReadTokens tokens, string name, CancellationToken ct) => AskAsync(frame, tokens, name, null, ct));
        pages.MapPost(Path + "/{name}/revoke", RevokeAsync);
    }

    private static async Task<IResult> MakeAsync(
        PageFrame frame, HttpContext http, ReadTokens tokens, AccessLog log, [FromForm] string? name, [FromForm] string? days, [FromForm] string? scope, CancellationToken ct)
    {
        var (called, does) = (name?.Trim(), scope is null ? TokenScope.Read : TokenScopes.Find(scope));
        if (does is not { } chosen || !TokenScopes.Of(frame.Who).Contains(chosen)) return Form(frame, called, TokenScope.Read, ["What it does: expected one of the list."]);
        if (!SourceForm.IsName(called)) return Form(frame, called, chosen, ["The name: expected up to 40 small letters, digits and hyphens, for example weekly-report."]);
        if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || !TokensEndpoint.Days.Contains(count))
            return Form(frame, called, chosen, ["How long it is good for: expected one of the list."]);
        if (await tokens.MakeAsync(frame.Who.Id, called!, TimeSpan.FromDays(count), chosen, ct) is not { } token)
            return Form(frame, called, chosen, [$"You have, or had, a token “{called}”. Expected another name, so that it stays clear which program it was."]);
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.TokenMade, $"token {called}", null, $"scope {chosen.Key()}, good for {count} days", ct);
        return SourcesEndpoint.ShowOnce(http, new ShownOnceModel(
            frame, $"The token “{called}” is made", $"For {count} days a program that carries it reads what you may see, and {chosen.Deed() ?? "changes nothing"}.", token,
            "Give it to the program now. Only its hash is kept, so it can't be shown again.", SettingsEndpoint.Path)
        { Trail = SettingsEndpoint.Trail(frame) });
    }

    private static async Task<IResult> RevokeAsync(PageFrame frame, ReadTokens tokens, AccessLog log, string name, [FromForm] string? typed, CancellationToken ct)
    {
        if (typed?.Trim() != name) return await AskAsync(frame, tokens, name, $"Nothing was revoked: expected the name {name}.", ct);
        if (!await tokens.RevokeAsync(frame.Who.Id, name, ct)) return Results.NotFound();
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.TokenRevoked, $"token {name}", "good", "revoked", ct);
        return Results.LocalRedirect(SettingsEndpoint.Path);
    }

    private static async Task<IResult> AskAsync(PageFrame frame, ReadTokens tokens, string name, string? problem, CancellationToken ct) =>
        (await tokens.ReadAsync(frame.Who.Id, ct)).Any(token => token.Name == name && token.RevokedAt is null)
            ? ConfirmModel.Page(new ConfirmModel(frame, $"Revoke the token “{name}”", "The program that has it reads and does nothing any more.", $"{Path}/{name}/revoke", name, "Revoke it", problem)
            {
                Trail = SettingsEndpoint.Trail(frame),
            })
            : Results.NotFound();

    private static IResult Form(PageFrame frame, string? name, TokenScope scope, IReadOnlyList<string> problems) =>
        Screen.Of<OwnTokenPage>(new OwnTokenModel(frame, name, scope, problems), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}

/// <summary>What the form for an own token draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Name">As it was written; null at first.</param>
/// <param name="Scope">What it is to do.</param>
/// <param name="Problems">Why none was made.</param>
public sealed record OwnTokenModel(PageFrame Frame, string? Name, TokenScope Scope, IReadOnlyList<string> Problems);
