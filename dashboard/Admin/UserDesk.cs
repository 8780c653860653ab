using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Followthrough.Dashboard.Admin;

/// <summary>
/// Adds users and changes what they may do. A change, its entry in the log and the end of the user's sessions are one transaction; changes are
/// made one after the other, so that two administrators cannot remove each other at the same moment and leave none.
/// </summary>
internal sealed class UserDesk(UserManager<User> users, AnalyticsDbContext store, AccessLog log, TimeProvider clock)
{
    internal const string LastAdministrator = "This is the last administrator who may sign in. Make another user an administrator first.";

    /// <summary>Adds a user and returns the password for the first sign-in, for the only time.</summary>
    internal Task<Outcome> AddAsync(string who, UserForm form, CancellationToken ct) => AloneAsync(async () =>
    {
        var password = OneTimePassword.New();
        var user = new User
        {
            UserName = form.Name,
            Email = form.Email,
            StaffKey = form.Staff,
            MustChoosePassword = true,
            CreatedAt = clock.GetUtcNow(),
        };
        if (Failure(await users.CreateAsync(user, password)) is { } taken) return taken;
        if (Failure(await users.AddToRolesAsync(user, form.Roles)) is { } refused) return refused;
        store.AddRange(form.Teams.Select(team => new UserTeam { UserId = user.Id, TeamKey = team }));
        await store.SaveChangesAsync(ct);
        await WriteAsync(who, "user_added", user, null, form.ToString(), ct);
        return new Outcome(null, password);
    }, ct);

    /// <summary>Sets roles, person, teams and address.</summary>
    internal Task<Outcome> ChangeAsync(string who, Guid id, UserForm before, UserForm form, CancellationToken ct) => AloneAsync(async () =>
    {
        var user = await FindAsync(id, ct);
        var roles = await users.GetRolesAsync(user);
        if (roles.Contains(Role.Administrator) && !form.Roles.Contains(Role.Administrator) && !await HasOtherAsync(id, ct)) return new Outcome(LastAdministrator, null);
        (user.Email, user.StaffKey) = (form.Email, form.Staff);
        if (Failure(await users.UpdateAsync(user)) is { } taken) return taken;
        await users.RemoveFromRolesAsync(user, roles.Except(form.Roles));
        await users.AddToRolesAsync(user, form.Roles.Except(roles));
        await store.Set<UserTeam>().Where(team => team.UserId == id).ExecuteDeleteAsync(ct);
        store.AddRange(form.Teams.Select(team => new UserTeam { UserId = id, TeamKey = team }));
        await store.SaveChangesAsync(ct);
        if (!roles.Order().SequenceEqual(form.Roles.Order())) await users.UpdateSecurityStampAsync(user);
        await WriteAsync(who, LoggedAction.UserChanged, user, before.ToString(), form.ToString(), ct);
        return Outcome.Done;
    }, ct);

    /// <summary>Keeps a user out, from the next request on, or lets him in again.</summary>
    internal Task<Outcome> SetDisabledAsync(string who, Guid id, bool disabled, CancellationToken ct) => AloneAsync(async () =>
    {
        var user = await FindAsync(id, ct);
        if (disabled && await users.IsInRoleAsync(user, Role.Administrator) && !await HasOtherAsync(id, ct)) return new Outcome(LastAdministrator, null);
        if (disabled == user.DisabledAt is not null) return Outcome.Done;
        user.DisabledAt = disabled ? clock.GetUtcNow() : null;
        await users.UpdateSecurityStampAsync(user);
        await WriteAsync(who, disabled ? "user_disabled" : "user_enabled", user, disabled ? "may sign in" : "disabled", disabled ? "disabled" : "may sign in", ct);
        return Outcome.Done;
    }, ct);

    /// <summary>A new password for the next sign-in; the old one, and a lock after too many tries, are gone.</summary>
    internal Task<Outcome> NewPasswordAsync(string who, Guid id, CancellationToken ct) => AloneAsync(async () =>
    {
        var user = await FindAsync(id, ct);
        var password = OneTimePassword.New();
        user.MustChoosePassword = true;
        if (await users.HasPasswordAsync(user)) await users.RemovePasswordAsync(user);
        if (Failure(await users.AddPasswordAsync(user, password)) is { } refused) return refused;
        await users.SetLockoutEndDateAsync(user, null);
        await users.ResetAccessFailedCountAsync(user);
        await WriteAsync(who, "one_time_password", user, null, "made", ct);
        return new Outcome(null, password);
    }, ct);

    /// <summary>For a user whose device is gone: the password alone is enough until he sets a new one up.</summary>
    internal Task<Outcome> ResetSecondFactorAsync(string who, Guid id, CancellationToken ct) => AloneAsync(async () =>
    {
        var user = await FindAsync(id, ct);
        await SecondFactor.TurnOffAsync(users, user);
        await WriteAsync(who, LoggedAction.SecondFactorOff, user, "on", "off", ct);
        return Outcome.Done;
    }, ct);

    private Task<User> FindAsync(Guid id, CancellationToken ct) => users.Users.SingleAsync(user => user.Id == id, ct);

    private Task<bool> HasOtherAsync(Guid id, CancellationToken ct) => (
        from role in store.Roles
        join held in store.UserRoles on role.Id equals held.RoleId
        join user in store.Users on held.UserId equals user.Id
        where role.Name == Role.Administrator && user.Id != id && user.DisabledAt == null
        select user.Id).AnyAsync(ct);

    private async Task<Outcome> AloneAsync(Func<Task<Outcome>> change, CancellationToken ct)
    {
        await using var transaction = await store.Database.BeginTransactionAsync(ct);
        await store.Database.ExecuteSqlRawAsync("lock table app_user_role in share row exclusive mode", ct);
        var outcome = await change();
        if (outcome.Problem is null) await transaction.CommitAsync(ct);
        return outcome;
    }

    private Task WriteAsync(string who, string action, User user, string? before, string? after, CancellationToken ct) =>
        log.WriteAsync((NpgsqlConnection)store.Database.GetDbConnection(), who, action, $"user {user.UserName}", before, after, ct);

    private static Outcome? Failure(IdentityResult result) => result.Succeeded ? null : new Outcome(
        string.Join(' ', result.Errors.Select(error => error.Code == nameof(IdentityErrorDescriber.DuplicateUserName) ? "There is a user of this name already." : error.Description)), null);

    /// <summary>What became of a change.</summary>
    /// <param name="Problem">Why nothing was changed, in a sentence; null when it was.</param>
    /// <param name="Password">A new one-time password; null where none was made.</param>
    internal sealed record Outcome(string? Problem, string? Password)
    {
        internal static Outcome Done { get; } = new(null, null);
    }
}
