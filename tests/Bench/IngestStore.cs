using Followthrough.Analytics.Schema;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Bench;

/// <summary>A cluster of its own, the wanted rows in it, and the files made of them.</summary>
internal sealed class IngestStore(EmbeddedPostgres server, NpgsqlDataSource db, DirectoryInfo folder)
{
    /// <summary>Columns of an interaction that its file has and its table too.</summary>
    public const string Columns = "source_key, occurred_at, source_modified_at, deleted, channel, direction, kind, contact_key, thread_key, project_key, staff_key, "
        + "owner_key, automatic, bulk, to_bot, connected, duration_seconds, missed_reason, phone_number, transfers, subject";

    public EmbeddedPostgres Server => server;
    public NpgsqlDataSource Db => db;
    public int Postmaster => server.Process.Pid;
    public KeptFiles Kept { get; } = new(DataFolder.At(folder.FullName));

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Makes schema, wanted rows, their accounts, and an empty table like the one they go to.</summary>
    public async Task PrepareAsync(long rows, CancellationToken ct)
    {
        await new Migrator(db, TimeProvider.System).ApplyAsync(SchemaScript.Embedded(), ct);
        await using (var make = db.CreateCommand(SqlText.Read(typeof(IngestStore), "IngestRows.sql").Replace("$1", $"{rows}::bigint", StringComparison.Ordinal)))
        {
            make.CommandTimeout = 0;
            await make.ExecuteNonQueryAsync(ct);
        }
        await ExecuteAsync("create table copied (like interaction including all)", ct);
        await ExecuteAsync("vacuum analyze wanted", ct);
        await WriteCsvAsync("account.csv", "select distinct account as source_key, timestamptz '2020-01-01' as occurred_at, account as name from wanted", true, ct);
        await LoadAsync("account.csv", false, ct);
    }

    /// <summary>Empties what a load fills, except the accounts.</summary>
    public async Task ClearAsync(CancellationToken ct)
    {
        await ExecuteAsync("truncate interaction, interaction_history, copied, batch, quarantine, dirty_account, stream_offset", ct);
        await ExecuteAsync("checkpoint", ct);
    }

    public async Task<FileReport> LoadAsync(string file, bool backfill, CancellationToken ct)
    {
        var report = await new Loader(db, Kept, TimeProvider.System).LoadAsync(new LoadRequest { Path = PathOf(file), Backfill = backfill }, null, ct);
        return report.Files.Single() is { Outcome: not FileOutcome.Failed } one ? one : throw new InvalidOperationException(report.Files[0].Problems[0]);
    }

    /// <summary>Writes what a query gives as separated values.</summary>
    public async Task WriteCsvAsync(string name, string query, bool header, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        using var rows = await connection.BeginTextExportAsync($"copy ({query}) to stdout (format csv, header {header})", ct);
        await using var file = new StreamWriter(PathOf(name));
        var buffer = new char[1 << 16];
        for (int n; (n = await rows.ReadAsync(buffer, ct)) > 0;) await file.WriteAsync(buffer.AsMemory(0, n), ct);
    }

    /// <summary>Writes what a query gives as PostgreSQL's own binary format.</summary>
    public async Task WriteBinaryAsync(string name, string query, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy ({query}) to stdout (format binary)", ct);
        await using var file = File.Create(PathOf(name));
        await rows.CopyToAsync(file, ct);
    }

    public async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = db.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<long> CountAsync(string sql, CancellationToken ct)
    {
        await using var command = db.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>No figure counts unless two tables hold the same rows.</summary>
    public async Task CheckAsync(string one, string other, CancellationToken ct)
    {
        var columns = "account_id, " + Columns;
        var differ = await CountAsync($"""
            select (select count(*) from (select {columns} from {one} except all select {columns} from {other}) a)
              + (select count(*) from (select {columns} from {other} except all select {columns} from {one}) b)
            """, ct);
        if (differ > 0) throw new InvalidOperationException($"{differ} rows differ between {one} and {other}.");
    }
}
