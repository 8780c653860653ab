using Npgsql;

namespace Followthrough.Dashboard.Access;

/// <summary>Keeps who exported, changed or looked at what. Nothing here changes or removes an entry.</summary>
internal sealed class AccessLog(NpgsqlDataSource db, TimeProvider clock)
{
    private const string Sql = "insert into access_log (at, who, action, subject, before, after) values ($1, $2, $3, $4, $5, $6)";

    /// <param name="who">Sign-in name.</param>
    /// <param name="action">A verb of ours, for example <c>export</c>.</param>
    /// <param name="subject">What it was done to, in words; never a secret.</param>
    /// <param name="before">What it was before a change; null where there is none.</param>
    /// <param name="after">What it is since; null where there is none.</param>
    /// <param name="ct">Nothing is written when it is cancelled first.</param>
    internal async Task WriteAsync(string who, string action, string subject, string? before, string? after, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await WriteAsync(connection, who, action, subject, before, after, ct);
    }

    /// <summary>In the connection's transaction, so that a change and its entry are there together or not at all.</summary>
    internal async Task WriteAsync(NpgsqlConnection connection, string who, string action, string subject, string? before, string? after, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        foreach (var value in new object?[] { clock.GetUtcNow(), who, action, subject, before, after })
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
