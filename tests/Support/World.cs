using System.Globalization;
using System.Text;
using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;

namespace Followthrough.Tests.Support;

/// <summary>A small company of one test: a database of its own, a clock, and the real loader and ledger over them.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = TestFolder.Create("world-");
    private readonly bool _ownsDatabase;
    private int _loads;

    private World(TestDatabase database, bool ownsDatabase)
    {
        Database = database;
        _ownsDatabase = ownsDatabase;
        Kept = new KeptFiles(DataFolder.At(_folder.FullName));
    }

    internal TestDatabase Database { get; }

    /// <summary>The clock of the loader and the ledger; stands at noon of 1 June 2026 until moved.</summary>
    internal ManualClock Clock { get; } = new(Given.At("2026-06-01T12:00Z"));

    internal KeptFiles Kept { get; }

    /// <summary>The world's own folder; the received files are in it.</summary>
    internal string Folder => _folder.FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal static async Task<World> CreateAsync() => new(await TestDatabase.CreateAsync(), ownsDatabase: true);

    /// <summary>The same over a copy of another world's database, which nobody may be using meanwhile; its clock stands where the other's does.</summary>
    internal static async Task<World> LikeAsync(World other) => new(await other.Database.CloneAsync(), ownsDatabase: true) { Clock = { Now = other.Clock.Now } };

    /// <summary>The same over a database that a test class shares.</summary>
    internal static World Over(TestDatabase database) => new(database, ownsDatabase: false);

    /// <summary>Loads facts as canonical files, all in one go; a row that does not get in fails the test.</summary>
    internal async Task<LoadReport> LoadAsync(params Fact[] facts)
    {
        var folder = NewFolder();
        await CanonicalCsv.WriteAsync(folder, facts, Cancellation);
        var report = await LoadPathAsync(folder);
        Assert.True(report.ExitCode == 0, string.Join('\n', report.Files.SelectMany(f => f.Problems)));
        return report;
    }

    /// <summary>Loads one file of the given name and content; rows may be rejected.</summary>
    internal Task<FileReport> LoadFileAsync(string name, string content, string? mapping = null) =>
        LoadFileAsync(name, Encoding.UTF8.GetBytes(content), mapping);

    /// <summary>Loads one file of the given name and bytes; rows may be rejected.</summary>
    internal async Task<FileReport> LoadFileAsync(string name, byte[] content, string? mapping = null)
    {
        var path = Path.Combine(NewFolder(), name);
        await File.WriteAllBytesAsync(path, content, Cancellation);
        return Assert.Single((await LoadPathAsync(path, mapping)).Files);
    }

    /// <summary>Loads a file or folder. Whatever happens in it, each file's rows add up.</summary>
    internal async Task<LoadReport> LoadPathAsync(string path, string? mapping = null, bool backfill = false)
    {
        var report = await new Loader(Database.DataSource, Kept, Clock).LoadAsync(
            new LoadRequest { Path = path, Mapping = mapping, Backfill = backfill }, null, Cancellation);
        Assert.All(report.Files, f => Assert.Equal(f.Read, f.Added + f.Changed + f.Unchanged + f.Rejected));
        return report;
    }

    internal Task<LedgerChange> RefreshAsync() => new Ledger(Database.DataSource, Clock).RefreshAsync(null, Cancellation);

    internal Task<LedgerChange> RebuildAsync() => new Ledger(Database.DataSource, Clock).RebuildAsync(null, Cancellation);

    /// <summary>The whole ledger and its roll-ups, a text a row, in a fixed order: two ledgers are equal when these are.</summary>
    internal Task<IReadOnlyList<string>> LedgerAsync() => TextsAsync("""
        (select c::text from commitment c order by account_id, kind, commitment_key)
        union all (select 'rollup ' || r::text from rollup r order by 1)
        union all (select 'excused ' || r::text from rollup_excused r order by 1)
        union all (select 'hours ' || r::text from rollup_hours r order by 1)
        """);

    /// <summary>Every current fact, a text a row, without the batch and line it came from.</summary>
    internal async Task<IReadOnlyList<string>> FactsAsync()
    {
        var all = new List<string>();
        foreach (var table in FactTable.All)
            all.AddRange(await TextsAsync($"select '{table}: ' || (to_jsonb(f) - 'batch_id' - 'position' - 'known_at')::text from {table} f order by 1"));
        return all;
    }

    /// <summary>The first column of every row a query returns, as text; null is an empty text.</summary>
    internal async Task<IReadOnlyList<string>> TextsAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var texts = new List<string>();
        while (await reader.ReadAsync(Cancellation)) texts.Add(reader.IsDBNull(0) ? "" : Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return texts;
    }

    /// <summary>A number, for example a count.</summary>
    internal async Task<long> CountAsync(string sql)
    {
        await using var command = Database.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>An empty folder inside the world's own.</summary>
    internal string NewFolder() => _folder.CreateSubdirectory($"load-{Interlocked.Increment(ref _loads)}").FullName;

    public async ValueTask DisposeAsync()
    {
        if (_ownsDatabase) await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
