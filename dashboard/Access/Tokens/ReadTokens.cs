using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Hooks;
using Npgsql;

namespace Followthrough.Dashboard.Access.Tokens;

/// <summary>
/// The tokens with which programs read for a user, and sign quarters where he says so: each sees what he sees at the moment of the request, and nothing once he may not sign in.
/// Only their hashes are kept.
/// </summary>
internal sealed class ReadTokens(NpgsqlDataSource db, TimeProvider clock)
{
    private static readonly string Use = SqlText.Read(typeof(ReadTokens), "Access/Tokens/UseReadToken.sql");

    /// <summary>Makes one and returns it, for the only time; null when the user has, or had, one of that name.</summary>
    internal async Task<string?> MakeAsync(Guid user, string name, TimeSpan validFor, CancellationToken ct, bool signs = false)
    {
        var token = ApiTokens.NewToken();
        var now = clock.GetUtcNow();
        await using var command = db.CreateCommand(
            "insert into api_token (name, token_hash, scope, user_id, created_at, expires_at) values ($1, $2, $6, $3, $4, $5) on conflict do nothing");
        foreach (var value in new object[] { name, ApiTokens.HashOf(token), user, now, now + validFor, signs ? "sign" : "read" }) command.Parameters.AddWithValue(value);
        return await command.ExecuteNonQueryAsync(ct) == 1 ? token : null;
    }

    /// <summary>The name of the token that a request's header carries, the user it reads for, and whether it signs for him; null when it is worth nothing.</summary>
    internal async Task<(string Name, Guid User, bool Signs)?> FindAsync(string? authorization, CancellationToken ct)
    {
        if (ApiTokens.HashOfBearer(authorization) is not { } hash) return null;
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Use, connection) { Parameters = { new() { Value = hash }, new() { Value = clock.GetUtcNow() } } };
        await command.PrepareAsync(ct);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetString(0), row.GetGuid(1), row.GetBoolean(2)) : null;
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
            "select name, created_at, expires_at, revoked_at, used_at, scope = 'sign' from api_token where user_id = $1 order by created_at desc, name");
        command.Parameters.AddWithValue(user);
        await using var row = await command.ExecuteReaderAsync(ct);
        var tokens = new List<ApiToken>();
        while (await row.ReadAsync(ct))
            tokens.Add(new ApiToken(
                row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2),
                row.GetFieldValue<DateTimeOffset?>(3), row.GetFieldValue<DateTimeOffset?>(4)) { Signs = row.GetBoolean(5) });
        return tokens;
    }
}
