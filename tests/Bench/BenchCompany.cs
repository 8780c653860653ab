using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Schema;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Bench;

/// <summary>A made-up company with so many interactions, 50 of each customer, up to the clock's now.</summary>
internal sealed class BenchCompany(NpgsqlDataSource db, long interactions, TimeProvider clock)
{
    private const int InteractionsOfAnAccount = 50;

    public long Accounts => interactions / InteractionsOfAnAccount;

    // A ledger that was found empty is planned for as empty, until it is looked at again: no installation begins so.
    private static readonly string Facts = string.Join(", ", FactTable.All.Select(fact => fact.Name));

    /// <summary>Makes its facts.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        await new Migrator(db, clock).ApplyAsync(SchemaScript.Embedded(), ct);
        await RunAsync("Company.sql", null, ct);
        await RunAsync("History.sql", null, ct);
        await VacuumAsync(Facts, ct);
    }

    /// <summary>Makes its ledger of them.</summary>
    public async Task<LedgerChange> RebuildAsync(CancellationToken ct)
    {
        var change = await new Ledger(db, clock).RebuildAsync(null, ct);
        await VacuumAsync("", ct);
        return change;
    }

    /// <summary>10,000 more interactions of the hour before now.</summary>
    public Task AddEveningAsync(int round, CancellationToken ct) => RunAsync("Evening.sql", round, ct);

    private async Task RunAsync(string file, int? round, CancellationToken ct)
    {
        await using var command = db.CreateCommand(SqlText.Read(typeof(BenchCompany), file));
        command.CommandTimeout = 0;
        if (file != "Company.sql") command.Parameters.AddWithValue("until", NpgsqlDbType.TimestampTz, clock.GetUtcNow());
        command.Parameters.AddWithValue("accounts", Accounts);
        if (round is { } number) command.Parameters.AddWithValue("round", number);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task VacuumAsync(string tables, CancellationToken ct)
    {
        await using var vacuum = db.CreateCommand($"vacuum analyze {tables}");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync(ct);
    }
}
