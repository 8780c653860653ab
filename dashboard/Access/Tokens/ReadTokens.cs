using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Hooks;
using Npgsql;

namespace Followthrough.Dashboard.Access.Tokens;

/// <summary>
/// The tokens with which programs read for a user, and do what he made them for: each sees what he sees at the moment of the request, and
/// nothing once he may not sign in. Only their hashes are kept.
/// </summary>
internal sealed class ReadTokens(NpgsqlDataSource db, TimeProvider clock)
{
    private static readonly string Use = SqlText.Read(typeof(ReadTokens), "Access/Tokens/UseReadToken.sql");

    /// <summary>Makes one and returns it, for the only time; null when the user has, or had, one of that name.</summary>
    /// <param name="user">For whom.</param>
    /// <param name="name">Of the program.</param>
    /// <param name="validFor">How long it is good.</param>
    /// <param name="scope">What it does.</param>
    /// <param name="ct">None is made when it is cancelled first.</param>
    internal async Task<string?> MakeAsync(Guid user, string name, TimeSpan validFor, TokenScope scope, CancellationToken ct)
    {
        var token = ApiTokens.NewToken();
        var now = clock.GetUtcNow();
        await using var command = db.CreateCommand(
            "insert into api_token (name, token_hash, scope, user_id, created_at, expires_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing");
        foreach (var value in new object[] { name, ApiTokens.HashOf(token), scope.Key(), user, now, now + validFor }) command.Parameters.AddWithValue(value);
        return await command.ExecuteNonQueryAsync(ct) == 1 ? token : null;
    }

    /// <summary>The token that a request's header carries; null when it is worth nothing.</summary>
    internal async Task<UsedToken?> FindAsync(string? authorization, CancellationToken ct)
    {
        if (ApiTokens.HashOfBearer(authorization) is not { } hash) return null;
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Use, connection) { Parameters = { new() { Value = hash }, new() { Value = clock.GetUtcNow() } } };
        await command.PrepareAsync(ct);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? new UsedToken(row.GetString(0), row.GetGuid(1), TokenScopes.Find(row.GetString(2))!.Value) : null;
    }

    /// <returns>False when the user has no such token, or it was revoked before.</returns>
    internal async Task<bool> RevokeAsync(Guid user, string name, CancellationToken ct)
    {
        await using var command = db.CreateCommand("update api_token set revoked_at = $3 where user_id = $1 and name = $2 and revoked_at is null");
        foreach (var value in new object[] { user, name, clock.GetUtcNow() }) command.Parameters.AddWithValue(value);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Those of a user, the newest first.</summary>
    internal async Task<IReadOnlyList<ApiToken>> ReadAsync(Guid user, CancellationToken ct)
    {
        await using var command = db.CreateCommand(
            "select name, created_at, expires_at, revoked_at, used_at, scope from api_token where user_id = $1 order by created_at desc, name");
        command.Parameters.AddWithValue(user);
        await using var row = await command.ExecuteReaderAsync(ct);
        var tokens = new List<ApiToken>();
        while (await row.ReadAsync(ct))
            tokens.Add(new ApiToken(
                row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2),
                row.GetFieldValue<DateTimeOffset?>(3), row.GetFieldValue<DateTimeOffset?>(4))
            { Scope = TokenScopes.Find(row.GetString(5))!.Value });
        return tokens;
    }
}

/// <summary>A token that was found to be good.</summary>
/// <param name="Name">As its user calls it.</param>
/// <param name="User">For whom it reads.</param>
/// <param name="Scope">What it does for him.</param>
internal sealed record UsedToken(string Name, Guid User, TokenScope Scope);
