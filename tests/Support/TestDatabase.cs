using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Tests.Support;

/// <summary>
/// A database of one test class (<c>IClassFixture&lt;TestDatabase&gt;</c>) or of one test (<see cref="CreateAsync"/>): migrated, empty,
/// dropped afterwards. Without a server on the machine the tests that use it are skipped, and fail in CI.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private NpgsqlConnectionStringBuilder? _connection;
    private NpgsqlDataSource? _source;
    private PostgresMissingException? _missing;

    /// <summary>The pool of this database, in UTC.</summary>
    public NpgsqlDataSource DataSource => _source ?? throw Missing();

    /// <summary>How to connect to this database, with its password; for programs and hosts under test.</summary>
    public string ConnectionString => _connection?.ConnectionString ?? throw Missing();

    /// <summary>A migrated database for one test; dispose it.</summary>
    public static async Task<TestDatabase> CreateAsync()
    {
        var database = new TestDatabase();
        await database.InitializeAsync();
        return database;
    }

    /// <summary>A database without the product's schema; dispose it.</summary>
    public static async Task<TestDatabase> CreateEmptyAsync()
    {
        var database = new TestDatabase();
        await database.OpenAsync(ct => TestServer.CreateDatabaseAsync(migrated: false, ct));
        return database;
    }

    /// <summary>A copy of what is in this one, which nobody may be using meanwhile; dispose it.</summary>
    public async Task<TestDatabase> CloneAsync()
    {
        DataSource.Clear();
        var database = new TestDatabase();
        await database.OpenAsync(ct => TestServer.CloneDatabaseAsync(_connection!.Database!, ct));
        return database;
    }

    public async ValueTask InitializeAsync() => await OpenAsync(ct => TestServer.CreateDatabaseAsync(migrated: true, ct));

    public async ValueTask DisposeAsync()
    {
        if (_source is null)
            return;
        await _source.DisposeAsync();
        await TestServer.DropDatabaseAsync(_connection!.Database!, CancellationToken.None);
    }

    private async Task OpenAsync(Func<CancellationToken, Task<NpgsqlConnectionStringBuilder>> create)
    {
        try
        {
            _connection = await create(TestContext.Current.CancellationToken);
            _source = NpgsqlDataSource.Create(_connection);
        }
        catch (PostgresMissingException missing) when (!TestServer.IsRequired)
        {
            // Skipping works inside a test only, so the first use of the database does it.
            _missing = missing;
        }
    }

    private InvalidOperationException Missing()
    {
        if (_missing is not null)
            Assert.Skip(_missing.Message);
        return new InvalidOperationException("The database is used before it is initialised.");
    }
}
