using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Access.Tokens;
using Followthrough.Dashboard.Data;
using Followthrough.Dashboard.Hooks;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>Who may sign in, and what each may do and see.</summary>
internal static class UsersEndpoint
{
    internal const string Path = AdminEndpoint.Path + "/users";
    internal const string New = Path + "/new";
    internal const string People = Path + "/people";

    internal static (string Name, string Address)[] Trail(PageFrame frame) => [("Admin", frame.Query.Carry(AdminEndpoint.Path)), ("Users", frame.Query.Carry(Path))];

    internal static string PathOf(Guid id) => $"{Path}/{id}";

    internal static void MapUsers(this IEndpointRouteBuilder pages)
    {
        var users = pages.MapGroup("").Needs(Right.Users);
        users.MapGet(Path, ListAsync);
        users.MapGet(People, async (NpgsqlDataSource db, string? staff, CancellationToken ct) =>
            Screen.Of<PeopleOptions>(string.IsNullOrWhiteSpace(staff) ? [] : await FactChoice.PeopleAsync(db, staff.Trim(), ct)));
        users.MapGet(New, (PageFrame frame, NpgsqlDataSource db, CancellationToken ct) => NewFormAsync(frame, db, UserForm.Empty, [], ct));
        users.MapPost(New, AddAsync);
        users.MapGet(Path + "/{id:guid}", (PageFrame frame, NpgsqlDataSource db, ReadTokens tokens, Guid id, bool? saved, CancellationToken ct) =>
            PageAsync(frame, db, tokens, id, null, [], saved == true, ct));
        users.MapPost(Path + "/{id:guid}", ChangeAsync);
        users.MapUserActions();
    }

    private static async Task<IResult> ListAsync(PageFrame frame, NpgsqlDataSource db, string? q, CancellationToken ct)
    {
        var search = q?.Trim() is { Length: > 0 and <= 200 } text ? text : null;
        return Screen.Of<UsersPage>(new UsersModel(frame, search, await ListedUser.ReadAsync(db, search, frame.Now, DataEndpoint.Offset(frame), ct)));
    }

    private static async Task<IResult> AddAsync(PageFrame frame, HttpContext http, NpgsqlDataSource db, UserDesk desk, IFormCollection given, CancellationToken ct)
    {
        var (form, problems) = await CheckAsync(db, UserForm.Read(given), UserForm.Empty, ct);
        if (problems.Count > 0) return await NewFormAsync(frame, db, form, problems, ct);
        var outcome = await desk.AddAsync(frame.Viewer.Name, form, ct);
        if (outcome.Problem is { } problem) return await NewFormAsync(frame, db, form, [problem], ct);
        return SourcesEndpoint.ShowOnce(http, new ShownOnceModel(
            frame, $"The user “{form.Name}” is added", "This password opens one page, the one on which an own password is chosen.", outcome.Password,
            "Give it to the user now. It is not shown again; a new one can be made on the user's page.", Path)
        { Trail = Trail(frame) });
    }

    private static async Task<IResult> ChangeAsync(PageFrame frame, NpgsqlDataSource db, ReadTokens tokens, UserDesk desk, SignIns signIn, HttpContext http, Guid id, IFormCollection given, CancellationToken ct)
    {
        if (await ListedUser.FindAsync(db, id, frame.Now, ct) is not { } user) return Results.NotFound();
        var before = UserForm.Of(user);
        var (form, problems) = await CheckAsync(db, UserForm.Read(given) with { Name = user.Name }, before, ct);
        if (problems.Count == 0 && (await desk.ChangeAsync(frame.Viewer.Name, id, before, form, ct)).Problem is { } problem) problems = [problem];
        if (problems.Count > 0) return await PageAsync(frame, db, tokens, id, form, problems, false, ct);
        // Who changes his own roles stays in; his other sessions end.
        if (id == frame.Who.Id) await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(http.User))!);
        return Results.LocalRedirect($"{PathOf(id)}?saved=true");
    }

    // What the user has already stays valid, also where the facts no longer have it.
    private static async Task<(UserForm Form, IReadOnlyList<string> Problems)> CheckAsync(NpgsqlDataSource db, UserForm form, UserForm before, CancellationToken ct)
    {
        var problems = form.Problems().ToList();
        var known = (await FactChoice.TeamsAsync(db, ct)).Select(team => team.Key).Concat(before.Teams);
        if (form.Teams.Except(known).Any()) problems.Add("The teams: expected some of the list.");
        if (form.Staff is null || form.Staff == before.Staff) return (form, problems);
        var people = await FactChoice.PersonAsync(db, form.Staff, ct);
        if (people.Count > 0 && (people.Count == 1 || people[0].Key == form.Staff)) return (form with { Staff = people[0].Key }, problems);
        problems.Add(people.Count == 0 ? "The person: there is nobody of this key or name." : "The person: several have this name. Expected the key of one.");
        return (form, problems);
    }

    private static async Task<IResult> NewFormAsync(PageFrame frame, NpgsqlDataSource db, UserForm form, IReadOnlyList<string> problems, CancellationToken ct) =>
        Screen.Of<NewUserPage>(new NewUserModel(frame, form, await FactChoice.TeamsAsync(db, ct), problems), problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static async Task<IResult> PageAsync(
        PageFrame frame, NpgsqlDataSource db, ReadTokens tokens, Guid id, UserForm? form, IReadOnlyList<string> problems, bool saved, CancellationToken ct) =>
        await ListedUser.FindAsync(db, id, frame.Now, ct) is not { } user ? Results.NotFound() : Screen.Of<UserPage>(
            new UserModel(frame, user, form ?? UserForm.Of(user), await FactChoice.TeamsAsync(db, ct), await tokens.ReadAsync(id, ct), problems, saved),
            problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}

/// <summary>What the list of users draws.</summary>
public sealed record UsersModel(PageFrame Frame, string? Search, Listed<ListedUser> Users);

/// <summary>What the form for a new user draws.</summary>
public sealed record NewUserModel(PageFrame Frame, UserForm Form, IReadOnlyList<FactChoice> Teams, IReadOnlyList<string> Problems);

/// <summary>What the page of a user draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="User">The user as he is.</param>
/// <param name="Form">What the form holds.</param>
/// <param name="Teams">Teams there are.</param>
/// <param name="Tokens">His tokens, the newest first.</param>
/// <param name="Problems">What was wrong with the last try, in sentences.</param>
/// <param name="Saved">Whether something was just saved.</param>
public sealed record UserModel(
    PageFrame Frame, ListedUser User, UserForm Form, IReadOnlyList<FactChoice> Teams, IReadOnlyList<ApiToken> Tokens, IReadOnlyList<string> Problems, bool Saved);
