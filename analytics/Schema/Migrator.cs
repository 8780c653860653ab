using System.Data;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Schema;

/// <summary>
/// Brings a database to this program's schema: forward only, each script once and in one transaction, journaled with its hash.
/// Any number of processes may do so at once; one works, the others find it done.
/// </summary>
internal sealed class Migrator(NpgsqlDataSource source, TimeProvider time)
{
    // Any constant will do; it names this product's schema among the advisory locks of a database.
    private const long LockKey = 0x466F6C6C6F77;

    /// <returns>The names of the scripts that this call applied.</returns>
    /// <exception cref="StoreException">An applied script has changed, the database is newer than this program, or a script fails.</exception>
    internal async Task<IReadOnlyList<string>> ApplyAsync(IReadOnlyList<SchemaScript> scripts, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        if (Pending(scripts, await SchemaJournal.ReadAsync(connection, cancellation)).Count == 0)
            return [];
        await SchemaJournal.LockAsync(connection, LockKey, cancellation);
        try
        {
            await SchemaJournal.CreateAsync(connection, cancellation);
            var pending = Pending(scripts, await SchemaJournal.ReadAsync(connection, cancellation));
            foreach (var script in pending)
                await ApplyAsync(connection, script, cancellation);
            return [.. pending.Select(script => script.Name)];
        }
        finally
        {
            // A broken connection has lost the lock already.
            if (connection.State == ConnectionState.Open)
                await SchemaJournal.UnlockAsync(connection, LockKey);
        }
    }

    private static List<SchemaScript> Pending(IReadOnlyList<SchemaScript> scripts, IReadOnlyDictionary<string, string> applied)
    {
        if (applied.Keys.Except(scripts.Select(script => script.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new StoreException($"The database holds schema script {unknown}, which this program does not know: a newer version made it. Run that version.");
        if (scripts.FirstOrDefault(script => applied.TryGetValue(script.Name, out var hash) && hash != script.Sha256) is { } changed)
            throw new StoreException($"Schema script {changed.Name} has changed since it was applied to this database. Put it back and add a new script instead.");
        var pending = scripts.SkipWhile(script => applied.ContainsKey(script.Name)).ToList();
        if (pending.FirstOrDefault(script => applied.ContainsKey(script.Name)) is { } later)
            throw new StoreException($"Schema script {pending[0].Name} comes before {later.Name}, which is already applied. Give it the next number.");
        return pending;
    }

    private async Task ApplyAsync(NpgsqlConnection connection, SchemaScript script, CancellationToken cancellation)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using (var command = new NpgsqlCommand(script.Text, connection, transaction) { CommandTimeout = 0 })
                await command.ExecuteNonQueryAsync(cancellation);
            await SchemaJournal.AddAsync(connection, transaction, script, time.GetUtcNow(), cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException failed)
        {
            throw new StoreException($"Schema script {script.Name} failed and was undone: {failed.MessageText} ({failed.SqlState}).", failed);
        }
    }
}
