using System.Security.Cryptography;
using System.Text;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access.Tokens;
using Npgsql;

namespace Followthrough.Dashboard.Hooks;

/// <summary>A right to send facts, carried by a program.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From then on it is worth nothing.</param>
/// <param name="RevokedAt">Since when it is worth nothing; null when it was not revoked.</param>
/// <param name="UsedAt">Its last use, to the minute; null before the first.</param>
public sealed record ApiToken(string Name, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt)
{
    /// <summary>What it does for its user beside reading; of a token that sends facts, nothing.</summary>
    public TokenScope Scope { get; init; }

    /// <summary>Whether it opens anything.</summary>
    public bool IsGood(DateTimeOffset now) => RevokedAt is null && ExpiresAt > now;
}

/// <summary>The tokens of programs that send. Only their hashes are kept: what is in the database opens nothing.</summary>
internal sealed class ApiTokens(NpgsqlDataSource db, TimeProvider clock)
{
    private const string Prefix = "ft_";
    private const int Bytes = 32;
    private const int LongestToken = 100;

    private static readonly string Use = SqlText.Read(typeof(ApiTokens), "Hooks/UseToken.sql");

    /// <summary>Makes one and returns it, for the only time; null when the name is taken.</summary>
    internal async Task<string?> MakeAsync(string name, TimeSpan validFor, CancellationToken cancellation)
    {
        var token = NewToken();
        var now = clock.GetUtcNow();
        await using var command = db.CreateCommand(
            "insert into api_token (name, token_hash, scope, created_at, expires_at) values ($1, $2, 'ingest', $3, $4) on conflict do nothing");
        foreach (var value in new object[] { name, HashOf(token), now, now + validFor }) command.Parameters.AddWithValue(value);
        return await command.ExecuteNonQueryAsync(cancellation) == 1 ? token : null;
    }

    /// <summary>The name of the token that a request's header carries; null when it is none of ours, or worth nothing any more.</summary>
    internal async Task<string?> FindAsync(string? authorization, CancellationToken cancellation)
    {
        if (HashOfBearer(authorization) is not { } hash) return null;
        await using var command = db.CreateCommand(Use);
        command.Parameters.AddWithValue(hash);
        command.Parameters.AddWithValue(clock.GetUtcNow());
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    internal async Task RevokeAsync(string name, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("update api_token set revoked_at = $2 where name = $1 and user_id is null and revoked_at is null");
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>All of them, the newest first.</summary>
    internal async Task<IReadOnlyList<ApiToken>> ReadAsync(CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("select name, created_at, expires_at, revoked_at, used_at from api_token where user_id is null order by created_at desc, name");
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var tokens = new List<ApiToken>();
        while (await row.ReadAsync(cancellation))
            tokens.Add(new ApiToken(
                row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2),
                row.GetFieldValue<DateTimeOffset?>(3), row.GetFieldValue<DateTimeOffset?>(4)));
        return tokens;
    }

    /// <summary>A token nobody can guess.</summary>
    internal static string NewToken() => Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The hash of the token in a request's header; null when it carries none.</summary>
    internal static string? HashOfBearer(string? authorization)
    {
        const string scheme = "Bearer ";
        return authorization is { Length: <= LongestToken } && authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? HashOf(authorization[scheme.Length..].Trim())
            : null;
    }

    /// <summary>What is kept of a token.</summary>
    internal static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
