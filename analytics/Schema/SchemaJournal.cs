using Npgsql;

namespace Followthrough.Analytics.Schema;

/// <summary>The table that remembers which scripts a database has had, and the lock under which it is written.</summary>
internal static class SchemaJournal
{
    /// <summary>Hash by script name; empty for a database that never had a script.</summary>
    internal static async Task<IReadOnlyDictionary<string, string>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            await using var command = new NpgsqlCommand("select name, sha256 from schema_journal", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                applied.Add(reader.GetString(0), reader.GetString(1));
        }
        catch (PostgresException absent) when (absent.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // A new database: nothing is applied.
        }
        return applied;
    }

    internal static Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        RunAsync(
            connection,
            "create table if not exists schema_journal (name text primary key, sha256 text not null, applied_at timestamptz not null)",
            cancellation);

    internal static async Task AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, SchemaScript script, DateTimeOffset at, CancellationToken cancellation)
    {
        const string Insert = "insert into schema_journal (name, sha256, applied_at) values ($1, $2, $3)";
        await using var command = new NpgsqlCommand(Insert, connection, transaction)
        {
            Parameters = { new() { Value = script.Name }, new() { Value = script.Sha256 }, new() { Value = at } },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Waits as long as another process migrates; the server frees the lock of a process that dies.</summary>
    internal static Task LockAsync(NpgsqlConnection connection, long key, CancellationToken cancellation) =>
        RunAsync(connection, $"select pg_advisory_lock({key})", cancellation);

    internal static Task UnlockAsync(NpgsqlConnection connection, long key) =>
        RunAsync(connection, $"select pg_advisory_unlock({key})", CancellationToken.None);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
