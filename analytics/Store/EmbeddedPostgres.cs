using Npgsql;

namespace Followthrough.Analytics.Store;

/// <summary>
/// A PostgreSQL server of our own in the data folder, shared by every process that names the folder: the first one starts it,
/// the last one to leave stops it, and after a kill -9 of either the next one carries on.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    internal const string Database = "followthrough";

    private const string Loopback = "127.0.0.1";

    private readonly DataFolder _folder;
    private readonly EmbeddedPostgresOptions _options;
    private readonly Cluster _cluster;
    private readonly ClusterLease _lease;
    private readonly string _password;
    private readonly ServerWatch _watch;
    private int _left;

    private EmbeddedPostgres(
        DataFolder folder, EmbeddedPostgresOptions options, Cluster cluster, ClusterLease lease, string password, PostgresProcess process)
    {
        (_folder, _options, _cluster, _lease, _password) = (folder, options, cluster, lease, password);
        Process = process;
        _watch = new ServerWatch(folder, cluster, options);
    }

    /// <summary>The server as this process found or started it.</summary>
    internal PostgresProcess Process { get; }

    /// <summary>How to connect to the product's database, with its password: over the Unix socket where the path allows.</summary>
    internal string ConnectionString => Describe(_cluster, Process, _password).ConnectionString;

    /// <summary>The same over loopback, for programs that speak TCP only.</summary>
    internal string LoopbackConnectionString =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Host = Loopback }.ConnectionString;

    /// <exception cref="StoreException">There are no server programs, the folder is somebody else's, or the server does not start.</exception>
    internal static async Task<EmbeddedPostgres> StartAsync(
        DataFolder folder, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            throw new StoreException($"The embedded database runs on Linux. Name a PostgreSQL server in {AnalyticsStore.ConnectionVariable}.");
        folder.Create();
        try
        {
            using var gate = await ClusterLease.GateAsync(folder, options.Patience, options.Time, cancellation);
            var cluster = await Cluster.OpenAsync(folder, cancellation);
            var process = await new ServerStart(cluster, options).EnsureRunningAsync(cancellation);
            var password = await cluster.PasswordAsync(cancellation);
            return await JoinAsync(folder, options, cluster, password, process, cancellation);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new StoreException(
                $"The database in {folder.Path} belongs to another user ({refused.Message}). "
                + $"Run as that user, or name another folder with {DataFolder.Variable}.", refused);
        }
    }

    /// <summary>Leaves the server; the last process to leave stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _left, 1) == 1)
            return;
        await _watch.DisposeAsync();
        using var gate = await ClusterLease.GateAsync(_folder, _options.Patience, _options.Time, CancellationToken.None);
        _lease.Dispose();
        if (!ClusterLease.IsUsed(_folder))
            await new ServerStart(_cluster, _options).StopAsync(CancellationToken.None);
    }

    private static async Task<EmbeddedPostgres> JoinAsync(
        DataFolder folder, EmbeddedPostgresOptions options, Cluster cluster, string password, PostgresProcess process, CancellationToken cancellation)
    {
        var lease = ClusterLease.Join(folder);
        try
        {
            await EnsureDatabaseAsync(Describe(cluster, process, password), options, cancellation);
            return new EmbeddedPostgres(folder, options, cluster, lease, password, process);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private static async Task EnsureDatabaseAsync(
        NpgsqlConnectionStringBuilder connection, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        connection.Pooling = false;
        try
        {
            await using var wanted = NpgsqlDataSource.Create(connection);
            await ServerWait.UntilReadyAsync(wanted, options.Patience, options.Time, cancellation);
        }
        catch (PostgresException absent) when (absent.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            connection.Database = "postgres";
            await using var first = NpgsqlDataSource.Create(connection);
            await using var create = first.CreateCommand($"create database {Database}");
            await create.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException refused)
        {
            throw new StoreException($"The embedded database was started and does not let us in: {refused.Message}", refused);
        }
    }

    private static NpgsqlConnectionStringBuilder Describe(Cluster cluster, PostgresProcess process, string password) => new()
    {
        Host = cluster.SocketFolder ?? Loopback,
        Port = process.Port,
        Database = Database,
        Username = Cluster.Superuser,
        Password = password,
    };
}
