using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Rollups;

/// <summary>What an audit of the roll-ups found.</summary>
/// <param name="Cells">Cells compared with the ledger: of counts, of the excused, and of histograms.</param>
/// <param name="Mismatches">Of these, and of what the roll-ups have without the ledger: how many differ. Anything but 0 is a defect.</param>
public sealed record RollupAudit(long Cells, long Mismatches);

/// <summary>Counts randomly chosen cells of the roll-ups again from the ledger and records how many differ.</summary>
public sealed class RollupAuditor(NpgsqlDataSource db, TimeProvider clock)
{
    private const string OfMonth = """
        (select 1 as sign, c.*, s.settled_until as as_of from commitment c cross join ledger_state s
         where c.kind = @kind and c.{counted} >= @month::timestamp at time zone @zone and c.{counted} < (@month + interval '1 month') at time zone @zone)
        """;

    private static readonly string Counted = SqlText.Read(typeof(RollupAuditor), "Rollups/Counted.sql");
    private static readonly string Compare = SqlText.Read(typeof(RollupAuditor), "Rollups/Audit.sql");

    /// <summary>Compares whole months of single kinds, in random order, until at least that many cells are done or none is left.</summary>
    /// <param name="cells">How many cells at least.</param>
    /// <param name="ct">Stops between two months; then nothing is recorded.</param>
    public async Task<RollupAudit> AuditAsync(int cells, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var basis = await RollupBasis.ReadAsync(connection, ct);
        var sum = new RollupAudit(0, 0);
        foreach (var (kind, month) in await MonthsAsync(connection, ct))
        {
            if (sum.Cells >= cells) break;
            var audit = await CompareAsync(connection, basis, kind, month, ct);
            sum = new RollupAudit(sum.Cells + audit.Cells, sum.Mismatches + audit.Mismatches);
        }
        await RecordAsync(connection, sum, ct);
        return sum;
    }

    // Months that the roll-ups lack altogether are found through the ledger's first and last of each kind.
    private static async Task<IReadOnlyList<(string Kind, DateOnly Month)>> MonthsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select kind, month from (
              select kind, month from rollup union select kind, month from rollup_excused union select kind, month from rollup_hours
              union
              select k.kind, date_trunc('month', e.at at time zone c.reporting_zone)::date
              from unnest(@kinds) k(kind) cross join company c cross join lateral (
                (select opened_at from commitment where kind = k.kind order by opened_at limit 1)
                union all
                (select opened_at from commitment where kind = k.kind order by opened_at desc limit 1)) e(at)) m
            order by random()
            """, connection) { Parameters = { new("kinds", CommitmentRule.All.Select(r => r.Kind).ToArray()) } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var months = new List<(string, DateOnly)>();
        while (await reader.ReadAsync(ct)) months.Add((reader.GetString(0), reader.GetFieldValue<DateOnly>(1)));
        return months;
    }

    private static async Task<RollupAudit> CompareAsync(NpgsqlConnection connection, RollupBasis basis, string kind, DateOnly month, CancellationToken ct)
    {
        var moves = OfMonth.Replace("{counted}", RollupBasis.CountedBy(kind), StringComparison.Ordinal);
        await using var command = basis.Command(connection, Counted.Replace("{moves}", moves, StringComparison.Ordinal) + Compare);
        command.Parameters.AddWithValue("kind", kind);
        command.Parameters.AddWithValue("month", month);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new RollupAudit(reader.GetInt64(0), reader.GetInt64(1));
    }

    private async Task RecordAsync(NpgsqlConnection connection, RollupAudit audit, CancellationToken ct)
    {
        await using var record = new NpgsqlCommand("insert into rollup_audit (audited_at, cells, mismatches) values (@at, @cells, @mismatches)", connection);
        record.Parameters.AddWithValue("at", NpgsqlDbType.TimestampTz, clock.GetUtcNow());
        record.Parameters.AddWithValue("cells", audit.Cells);
        record.Parameters.AddWithValue("mismatches", audit.Mismatches);
        await record.ExecuteNonQueryAsync(ct);
    }
}
