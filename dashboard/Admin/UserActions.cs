using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>What is done to a user beyond his roles; what ends something asks for his name first.</summary>
internal static class UserActions
{
    internal static void MapUserActions(this IEndpointRouteBuilder users)
    {
        const string user = UsersEndpoint.Path + "/{id:guid}";
        users.MapGet(user + "/disable", (PageFrame frame, NpgsqlDataSource db, Guid id, CancellationToken ct) => AskAsync(frame, db, id, Question.Disable, null, ct));
        users.MapPost(user + "/disable", DisableAsync);
        users.MapPost(user + "/enable", EnableAsync);
        users.MapGet(user + "/password", (PageFrame frame, NpgsqlDataSource db, Guid id, CancellationToken ct) => AskAsync(frame, db, id, Question.Password, null, ct));
        users.MapPost(user + "/password", NewPasswordAsync);
        users.MapGet(user + "/second-factor", (PageFrame frame, NpgsqlDataSource db, Guid id, CancellationToken ct) => AskAsync(frame, db, id, Question.SecondFactor, null, ct));
        users.MapPost(user + "/second-factor", ResetAsync);
        users.MapPost(user + "/tokens/{name}/revoke", RevokeAsync);
    }

    private static async Task<IResult> DisableAsync(PageFrame frame, NpgsqlDataSource db, UserDesk desk, Guid id, [FromForm] string? typed, CancellationToken ct)
    {
        if (await ListedUser.FindAsync(db, id, frame.Now, ct) is not { } user) return Results.NotFound();
        if (typed?.Trim() != user.Name) return await AskAsync(frame, db, id, Question.Disable, $"Nothing was changed: expected the name {user.Name}.", ct);
        if (id == frame.Who.Id) return await AskAsync(frame, db, id, Question.Disable, "That is you. Another administrator can do it.", ct);
        return (await desk.SetDisabledAsync(frame.Viewer.Name, id, true, ct)).Problem is { } problem
            ? await AskAsync(frame, db, id, Question.Disable, problem, ct)
            : Results.LocalRedirect(UsersEndpoint.PathOf(id));
    }

    private static async Task<IResult> EnableAsync(PageFrame frame, NpgsqlDataSource db, UserDesk desk, Guid id, [FromForm] string? confirm, CancellationToken ct)
    {
        _ = confirm;
        if (await ListedUser.FindAsync(db, id, frame.Now, ct) is null) return Results.NotFound();
        await desk.SetDisabledAsync(frame.Viewer.Name, id, false, ct);
        return Results.LocalRedirect(UsersEndpoint.PathOf(id));
    }

    private static async Task<IResult> NewPasswordAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, UserDesk desk, Guid id, [FromForm] string? typed, CancellationToken ct)
    {
        if (await ListedUser.FindAsync(db, id, frame.Now, ct) is not { } user) return Results.NotFound();
        if (typed?.Trim() != user.Name) return await AskAsync(frame, db, id, Question.Password, $"Nothing was changed: expected the name {user.Name}.", ct);
        var outcome = await desk.NewPasswordAsync(frame.Viewer.Name, id, ct);
        if (outcome.Problem is { } problem) return await AskAsync(frame, db, id, Question.Password, problem, ct);
        return SourcesEndpoint.ShowOnce(http, new ShownOnceModel(
            frame, $"A new password for “{user.Name}”", "The old one opens nothing any more, and he is signed out everywhere.", outcome.Password,
            "Give it to the user now. It is not shown again, and opens one page, the one on which an own password is chosen.", UsersEndpoint.PathOf(id))
        { Trail = UsersEndpoint.Trail(frame) });
    }

    private static async Task<IResult> ResetAsync(PageFrame frame, NpgsqlDataSource db, UserDesk desk, Guid id, [FromForm] string? typed, CancellationToken ct)
    {
        if (await ListedUser.FindAsync(db, id, frame.Now, ct) is not { } user) return Results.NotFound();
        if (typed?.Trim() != user.Name) return await AskAsync(frame, db, id, Question.SecondFactor, $"Nothing was changed: expected the name {user.Name}.", ct);
        await desk.ResetSecondFactorAsync(frame.Viewer.Name, id, ct);
        return Results.LocalRedirect(UsersEndpoint.PathOf(id));
    }

    private static async Task<IResult> RevokeAsync(
        PageFrame frame, NpgsqlDataSource db, ReadTokens tokens, AccessLog log, Guid id, string name, [FromForm] string? confirm, CancellationToken ct)
    {
        _ = confirm;
        if (await ListedUser.FindAsync(db, id, frame.Now, ct) is not { } user || !await tokens.RevokeAsync(id, name, ct)) return Results.NotFound();
        await log.WriteAsync(frame.Viewer.Name, LoggedAction.TokenRevoked, $"token {name} of {user.Name}", "good", "revoked", ct);
        return Results.LocalRedirect(UsersEndpoint.PathOf(id));
    }

    private static async Task<IResult> AskAsync(PageFrame frame, NpgsqlDataSource db, Guid id, Question question, string? problem, CancellationToken ct)
    {
        if (await ListedUser.FindAsync(db, id, frame.Now, ct) is not { } user) return Results.NotFound();
        var (title, consequence, button, part) = question switch
        {
            Question.Disable => ($"Disable “{user.Name}”", "The user is out with the next click, his tokens read nothing, and he can't sign in. What he did stays on record.", "Disable the user", "disable"),
            Question.Password => ($"New password for “{user.Name}”", "The present one opens nothing any more, and the user is signed out everywhere. His tokens stay good.", "Make a new password", "password"),
            Question.SecondFactor => ($"Reset the second factor of “{user.Name}”", "For a lost device: until the user sets one up again, the password alone lets him in.", "Reset it", "second-factor"),
            _ => throw new ArgumentOutOfRangeException(nameof(question), question, null),
        };
        return ConfirmModel.Page(new ConfirmModel(frame, title, consequence, $"{UsersEndpoint.PathOf(id)}/{part}", user.Name, button, problem)
        {
            Trail = [.. UsersEndpoint.Trail(frame), (user.Name, frame.Query.Carry(UsersEndpoint.PathOf(id)))],
        });
    }

    private enum Question
    {
        Disable,
        Password,
        SecondFactor,
    }
}
