using Followthrough.Ingest.Sources.Webhooks;
using Npgsql;

namespace Followthrough.Dashboard.Hooks;

/// <summary>Sets sources up, changes their secrets and removes them.</summary>
internal sealed class SourceDesk(NpgsqlDataSource db, HookSecrets secrets, TimeProvider clock)
{
    /// <summary>How long the old secret stays good where both sides can't change at one moment.</summary>
    internal static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>Makes a source of a sound form.</summary>
    /// <returns>False when there is one of its name already.</returns>
    internal async Task<bool> MakeAsync(SourceForm form, string secret, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("""
            insert into hook_source (name, mapping, scheme, address, secret, created_at) values ($1, $2, $3, $4, $5, $6)
            on conflict (name) do nothing
            """);
        command.Parameters.AddWithValue(form.Name!);
        command.Parameters.AddWithValue(form.Mapping!);
        command.Parameters.AddWithValue(WordOf(form.SchemeRead!.Value));
        command.Parameters.AddWithValue(form.SchemeRead == HookScheme.Hubspot ? form.Address! : DBNull.Value);
        command.Parameters.AddWithValue(secrets.Protect(secret));
        command.Parameters.AddWithValue(clock.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Gives it another secret. The old one ends at once, or after the overlap.</summary>
    internal async Task RotateAsync(string name, string secret, bool atOnce, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("""
            update hook_source set secret = $2, rotated_at = $3,
              previous_secret = case when $4 then null else secret end, previous_until = case when $4 then null else $5 end
            where name = $1
            """);
        var now = clock.GetUtcNow();
        foreach (var value in new object[] { name, secrets.Protect(secret), now, atOnce, now + Overlap }) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Removes it. What it sent stays, and what it sends from now on is refused.</summary>
    internal async Task RemoveAsync(string name, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("delete from hook_source where name = $1");
        command.Parameters.AddWithValue(name);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    internal static string WordOf(HookScheme scheme) => scheme.ToString().ToLowerInvariant();
}
