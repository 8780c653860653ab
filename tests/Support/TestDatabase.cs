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
        await database.OpenAsync(migrated: false);
        return database;
    }

    public async ValueTask InitializeAsync() => await OpenAsync(migrated: true);

    public async ValueTask DisposeAsync()
    {
        if (_source is null)
            return;
        await _source.DisposeAsync();
        await TestServer.DropDatabaseAsync(_connection!.Database!, CancellationToken.None);
    }

    private async Task OpenAsync(bool migrated)
    {
        try
        {
            _connection = await TestServer.CreateDatabaseAsync(migrated, TestContext.Current.CancellationToken);
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
