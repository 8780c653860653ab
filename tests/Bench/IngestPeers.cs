using System.Diagnostics;
using Npgsql;

namespace Followthrough.Bench;

/// <summary>Others that put the same rows into the same indexed empty table.</summary>
internal sealed class IngestPeers(IngestStore store)
{
    private const string Binary = "rows.pgcopy";

    /// <summary>Writes the rows as PostgreSQL's own binary format has them, in the order of the file.</summary>
    public Task PrepareAsync(long rows, CancellationToken ct) => store.WriteBinaryAsync(Binary,
        $"select account_id, {IngestStore.Columns}, timestamptz '2026-01-01', 1::bigint, n + 1 from wanted where n <= {rows} order by n", ct);

    /// <summary>Binary COPY over one connection: nothing read, checked or looked up.</summary>
    public async Task CopyAsync(CancellationToken ct)
    {
        await using var connection = await store.Db.OpenConnectionAsync(ct);
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            $"copy copied (account_id, {IngestStore.Columns}, known_at, batch_id, position) from stdin (format binary)", ct);
        await using var file = File.OpenRead(store.PathOf(Binary));
        await file.CopyToAsync(copy, 1 << 16, ct);
    }

    /// <summary>pgloader with a file that needs no more than reading: the account is its id already.</summary>
    /// <returns>Null where it is not installed.</returns>
    public async Task<Effort?> PgloaderAsync(long rows, CancellationToken ct)
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(p => File.Exists(Path.Combine(p, "pgloader")))) return null;
        await store.WriteCsvAsync("rows.csv",
            $"select account_id, {IngestStore.Columns}, timestamptz '2026-01-01', 1, n + 1 from wanted where n <= {rows} order by n", false, ct);
        var to = new NpgsqlConnectionStringBuilder(store.Server.LoopbackConnectionString);
        var columns = $"account_id, {IngestStore.Columns}, known_at, batch_id, position";
        var fields = string.Join(", ", columns.Split(", ").Select(c => $"{c} [null if blanks]"));
        await File.WriteAllTextAsync(store.PathOf("rows.load"), $"""
            LOAD CSV FROM '{store.PathOf("rows.csv")}' ({fields})
            INTO postgresql://{to.Username}:{Uri.EscapeDataString(to.Password!)}@{to.Host}:{to.Port}/{to.Database}
            TARGET TABLE copied ({columns})
            WITH fields terminated by ',', fields optionally enclosed by '"', fields escaped by double-quote;
            """, ct);
        return await Effort.OfAsync(store.Postmaster, () => RunAsync(["--quiet", "--no-ssl-cert-verification", store.PathOf("rows.load")], ct));
    }

    private static async Task RunAsync(string[] arguments, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo("pgloader", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("pgloader does not start.");
        var said = process.StandardOutput.ReadToEndAsync(ct);
        var failed = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new InvalidOperationException($"pgloader: {await said}{failed}");
    }
}
