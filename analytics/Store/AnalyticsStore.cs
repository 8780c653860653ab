using Followthrough.Analytics.Schema;
using Npgsql;

namespace Followthrough.Analytics.Store;

/// <summary>
/// The installation's database, migrated and ready: the server that <c>ConnectionStrings__Analytics</c> names, or else the embedded
/// one in the data folder. Open it once per process; disposing it closes the pool and, with the last process, stops an embedded server.
/// </summary>
public sealed class AnalyticsStore : IAsyncDisposable
{
    /// <summary>The environment variable with the connection string of a server of one's own (PostgreSQL 15 or newer).</summary>
    public const string ConnectionVariable = "ConnectionStrings__Analytics";

    /// <summary>The environment variable that names a file with the password which the connection string leaves out.</summary>
    public const string PasswordFileVariable = "FOLLOWTHROUGH_DB_PASSWORD_FILE";

    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly EmbeddedPostgres? _embedded;

    private AnalyticsStore(DataFolder folder, EmbeddedPostgres? embedded, NpgsqlDataSource source) =>
        (Folder, _embedded, DataSource) = (folder, embedded, source);

    /// <summary>The process's one pool of connections to the database.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>The installation's folder; holds the kept source files also when the database is elsewhere.</summary>
    public DataFolder Folder { get; }

    /// <summary>Starts or finds the server, waits until it answers (up to a minute), and applies the schema.</summary>
    /// <exception cref="StoreException">The server cannot be used; the message says why and what to do.</exception>
    public static async Task<AnalyticsStore> OpenAsync(CancellationToken cancellation)
    {
        var connection = await StoreConnection.CompleteAsync(
            Environment.GetEnvironmentVariable(ConnectionVariable), Environment.GetEnvironmentVariable(PasswordFileVariable), cancellation);
        return await OpenAsync(DataFolder.Default(), connection, Patience, TimeProvider.System, cancellation);
    }

    internal static async Task<AnalyticsStore> OpenAsync(
        DataFolder folder, string? connectionString, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        folder.Create();
        var embedded = string.IsNullOrWhiteSpace(connectionString)
            ? await EmbeddedPostgres.StartAsync(folder, new EmbeddedPostgresOptions { Time = time }, cancellation)
            : null;
        var store = new AnalyticsStore(folder, embedded, StoreConnection.Pool(embedded?.ConnectionString ?? connectionString!));
        try
        {
            await StoreConnection.CheckAsync(store.DataSource, patience, time, cancellation);
            await new Migrator(store.DataSource, time).ApplyAsync(SchemaScript.Embedded(), cancellation);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the pool, then leaves the embedded server.</summary>
    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }
}
