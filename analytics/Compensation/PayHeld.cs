using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Money that waits for a decision: the held lines of runs, in the viewer's scope.</summary>
internal sealed class PayHeld(NpgsqlDataSource db)
{
    private static readonly string Sql = SqlText.Read(typeof(PayHeld), "Compensation/HeldLines.sql")
        .Replace("{in_scope}", PayScope.Condition("s.staff_key", "(r.to_day::timestamp at time zone c.reporting_zone)"), StringComparison.Ordinal);

    /// <summary>Those of one run, whatever became of them.</summary>
    public Task<IReadOnlyList<HeldLine>> OfRunAsync(PayScope scope, long run, CancellationToken ct) => ReadAsync(scope, run, null, null, null, ct);

    /// <summary>Those of one statement, whatever became of them.</summary>
    public Task<IReadOnlyList<HeldLine>> OfStatementAsync(PayScope scope, long run, string staff, CancellationToken ct) => ReadAsync(scope, run, staff, null, null, ct);

    /// <summary>Those of locked runs that no locked run has paid: of all plans, or of one before a day.</summary>
    public async Task<IReadOnlyList<HeldLine>> WaitingAsync(PayScope scope, string? plan, DateOnly? before, CancellationToken ct) =>
        [.. (await ReadAsync(scope, null, null, plan, before, ct)).Where(line => line.PaidBy is null)];

    private async Task<IReadOnlyList<HeldLine>> ReadAsync(PayScope scope, long? run, string? staff, string? plan, DateOnly? before, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("run", NpgsqlDbType.Bigint, (object?)run ?? DBNull.Value);
        command.Parameters.AddWithValue("staff", NpgsqlDbType.Text, (object?)staff ?? DBNull.Value);
        command.Parameters.AddWithValue("plan", NpgsqlDbType.Text, (object?)plan ?? DBNull.Value);
        command.Parameters.AddWithValue("before", NpgsqlDbType.Date, (object?)before ?? DBNull.Value);
        scope.Bind(command);
        await using var row = await command.ExecuteReaderAsync(ct);
        var lines = new List<HeldLine>();
        while (await row.ReadAsync(ct))
            lines.Add(new HeldLine
            {
                Run = row.GetInt64(0),
                Period = row.GetString(1),
                Plan = row.GetString(2),
                PlanName = row.GetString(3),
                Currency = row.GetString(4),
                Staff = row.GetString(5),
                Name = row.GetString(6),
                Component = row.GetString(7),
                Metric = row.GetString(8),
                Why = row.IsDBNull(9) ? null : row.GetString(9),
                Amount = row.IsDBNull(10) ? null : row.GetDecimal(10),
                NextFrom = row.GetFieldValue<DateOnly>(11),
                Decisions = row.IsDBNull(12) ? [] : PayJson.Read<List<HeldDecision>>(row.GetString(12)),
            });
        return lines;
    }
}

/// <summary>A component of a person's statement that could not be judged: held, and neither paid nor lost.</summary>
public sealed record HeldLine
{
    public required long Run { get; init; }

    /// <summary>Label of the period that is paid for.</summary>
    public required string Period { get; init; }

    public required string Plan { get; init; }

    public required string PlanName { get; init; }

    public required string Currency { get; init; }

    public required string Staff { get; init; }

    public required string Name { get; init; }

    public required string Component { get; init; }

    /// <summary>Id of what is measured.</summary>
    public required string Metric { get; init; }

    /// <summary>Why, in words; null where the plan's arithmetic said nothing.</summary>
    public required string? Why { get; init; }

    /// <summary>What it comes to by its factors, unrounded; null where that is not known.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>First day of the plan's next period that no run has paid.</summary>
    public required DateOnly NextFrom { get; init; }

    /// <summary>What runs pay for it, the earliest first; none while it waits.</summary>
    public required IReadOnlyList<HeldDecision> Decisions { get; init; }

    /// <summary>The last locked run that paid for it, with what all of them did; null while it is still held.</summary>
    public HeldDecision? PaidBy => Together(Decisions.Where(d => d.IsLocked));

    /// <summary>The open run in which it is decided or can be judged; null for none.</summary>
    public HeldDecision? DecidedIn => Together(Decisions.Where(d => !d.IsLocked));

    private static HeldDecision? Together(IEnumerable<HeldDecision> decisions) => decisions.ToList() is [.., var last] all ? last with { Amount = all.Sum(d => d.Amount) } : null;
}

/// <summary>What a run pays for a line that was held.</summary>
/// <param name="Run">Which.</param>
/// <param name="Period">Label of its period.</param>
/// <param name="Amount">In the plan's currency; 0 where somebody decided that it pays nothing.</param>
/// <param name="IsLocked">Whether the run is locked; until then it can still change.</param>
/// <param name="By">Who decided it; null where a figure did that was known later.</param>
/// <param name="Words">Why he did.</param>
/// <param name="At">When he did, or the run was locked that pays it by its figure; null while that is open.</param>
public sealed record HeldDecision(long Run, string Period, decimal Amount, bool IsLocked, string? By, string? Words, DateTimeOffset? At);
