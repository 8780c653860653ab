using Npgsql;

namespace Followthrough.Dashboard.Access;

/// <summary>Keeps who exported, changed or looked at what. Nothing here changes or removes an entry.</summary>
internal sealed class AccessLog(NpgsqlDataSource db, TimeProvider clock)
{
    /// <param name="who">Sign-in name.</param>
    /// <param name="action">A verb of ours, for example <c>export</c>.</param>
    /// <param name="subject">What it was done to, in words; never a secret.</param>
    /// <param name="before">What it was before a change; null where there is none.</param>
    /// <param name="after">What it is since; null where there is none.</param>
    /// <param name="ct">Nothing is written when it is cancelled first.</param>
    internal async Task WriteAsync(string who, string action, string subject, string? before, string? after, CancellationToken ct)
    {
        await using var command = db.CreateCommand("insert into access_log (at, who, action, subject, before, after) values ($1, $2, $3, $4, $5, $6)");
        foreach (var value in new object?[] { clock.GetUtcNow(), who, action, subject, before, after })
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
