using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Reads runs and statements, never more of them than the viewer's scope has.</summary>
internal sealed class PayReader(NpgsqlDataSource db)
{
    private static readonly string RunsSql = Read("Runs");
    private static readonly string StatementsSql = Read("Statements");

    public Task<IReadOnlyList<PayRunView>> RunsAsync(PayScope scope, CancellationToken ct) => RunsAsync(scope, null, ct);

    /// <summary>One; null when there is none that the viewer may see anything of.</summary>
    public async Task<PayRunView?> RunAsync(PayScope scope, long run, CancellationToken ct) => (await RunsAsync(scope, run, ct)).SingleOrDefault();

    /// <summary>Statements in scope, of a run and a person where they are given; the latest period first.</summary>
    public async Task<IReadOnlyList<StatementView>> StatementsAsync(PayScope scope, long? run, string? staff, CancellationToken ct) =>
        await StatementsAsync(scope, run, staff, documents: false, ct);

    /// <summary>One with all its arithmetic; null when there is none that the viewer may see.</summary>
    public async Task<LockedStatement?> StatementAsync(PayScope scope, long run, string staff, CancellationToken ct)
    {
        if ((await StatementsAsync(scope, run, staff, documents: true, ct)).SingleOrDefault() is not { } view) return null;
        await using var connection = await db.OpenConnectionAsync(ct);
        var found = (await PayRunRows.FindAsync(connection, run, ct))!;
        var steps = await PayRunRows.StepsAsync(connection, run, ct);
        var statement = PayJson.Read<PayStatement>(view.Document!);
        var approval = steps.LastOrDefault(s => s.Kind == PayStepKind.Approved);
        var lockedAt = approval?.At;
        var company = await Company.ReadAsync(db, ct);
        var until = lockedAt is { } at ? await PayCalendar.EndAsync(db, company, at, statement.DisputeDays, ct) : DateTimeOffset.MinValue;
        return new LockedStatement(found, statement, view, lockedAt, until)
        {
            LockedBy = approval?.By.Name,
            LastDisputeDay = lockedAt is null ? null : DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(until.AddTicks(-1), company.Zone).DateTime),
        };
    }

    public async Task<IReadOnlyList<PayStep>> StepsAsync(long run, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await PayRunRows.StepsAsync(connection, run, ct);
    }

    /// <summary>Why somebody cannot approve a run; null when he can.</summary>
    public async Task<string?> ObstacleAsync(PayRun run, PayActor by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await PayReviews.ObstacleAsync(connection, run, by, ct);
    }

    /// <summary>Who has which part in a run.</summary>
    public async Task<PayHands> HandsAsync(PayRun run, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await PayReviews.HandsAsync(connection, run, ct);
    }

    private async Task<IReadOnlyList<PayRunView>> RunsAsync(PayScope scope, long? run, CancellationToken ct)
    {
        await using var command = db.CreateCommand(RunsSql);
        command.Parameters.AddWithValue("run", NpgsqlDbType.Bigint, (object?)run ?? DBNull.Value);
        scope.Bind(command);
        await using var row = await command.ExecuteReaderAsync(ct);
        var runs = new List<PayRunView>();
        while (await row.ReadAsync(ct))
            runs.Add(new PayRunView(
                PayRunRows.Row(row), row.GetString(11), row.IsDBNull(12) ? null : row.GetString(12), row.GetInt64(13), row.GetDecimal(14), row.GetDecimal(15), row.GetDecimal(16),
                row.GetDecimal(17), row.GetInt64(18)));
        return runs;
    }

    private async Task<IReadOnlyList<StatementView>> StatementsAsync(PayScope scope, long? run, string? staff, bool documents, CancellationToken ct)
    {
        await using var command = db.CreateCommand(StatementsSql);
        command.Parameters.AddWithValue("run", NpgsqlDbType.Bigint, (object?)run ?? DBNull.Value);
        command.Parameters.AddWithValue("staff", NpgsqlDbType.Text, (object?)staff ?? DBNull.Value);
        command.Parameters.AddWithValue("documents", documents);
        scope.Bind(command);
        await using var row = await command.ExecuteReaderAsync(ct);
        var statements = new List<StatementView>();
        while (await row.ReadAsync(ct)) statements.Add(View(row));
        return statements;
    }

    private static StatementView View(NpgsqlDataReader row) => new()
    {
        Run = row.GetInt64(0),
        Staff = row.GetString(1),
        Name = row.GetString(2),
        Own = row.GetDecimal(3),
        Adjusted = row.GetDecimal(4),
        CarriedIn = row.GetDecimal(5),
        Payable = row.GetDecimal(6),
        Held = row.GetDecimal(7),
        CarriedOut = row.GetDecimal(8),
        Hash = row.GetString(9),
        Document = row.IsDBNull(10) ? null : row.GetString(10),
        Before = row.IsDBNull(11) ? null : row.GetDecimal(11),
        IsReviewed = row.GetBoolean(12),
        State = Enum.Parse<PayRunState>(row.GetString(13), ignoreCase: true),
        Plan = row.GetString(14),
        Period = row.GetString(15),
        PlanName = row.GetString(16),
        Currency = row.GetString(17),
    };

    private static string Read(string file) => SqlText.Read(typeof(PayReader), $"Compensation/{file}.sql")
        .Replace("{in_scope}", PayScope.Condition("s.staff_key", "(r.to_day::timestamp at time zone c.reporting_zone)"), StringComparison.Ordinal)
        .Replace("{reviewed}", PayReviews.IsReviewed("s"), StringComparison.Ordinal);
}

/// <summary>A run with the sums over the statements a viewer may see.</summary>
public sealed record PayRunView(
    PayRun Run, string PlanName, string? Currency, long Statements, decimal Payable, decimal Held, decimal Adjusted, decimal CarriedOut, long Unreviewed);

/// <summary>A statement's sums.</summary>
public sealed record StatementView
{
    public required long Run { get; init; }
    public required string Staff { get; init; }
    public required string Name { get; init; }
    public required decimal Own { get; init; }
    public required decimal Adjusted { get; init; }
    public required decimal CarriedIn { get; init; }
    public required decimal Payable { get; init; }
    public required decimal Held { get; init; }
    public required decimal CarriedOut { get; init; }
    public required string Hash { get; init; }

    /// <summary>Its text, where it was asked for.</summary>
    public required string? Document { get; init; }

    /// <summary>What the locked run before paid; null for none.</summary>
    public required decimal? Before { get; init; }

    public required bool IsReviewed { get; init; }
    public required PayRunState State { get; init; }
    public required string Plan { get; init; }
    public required string Period { get; init; }
    public required string PlanName { get; init; }
    public required string Currency { get; init; }
}

/// <summary>A statement as it was found for a viewer.</summary>
/// <param name="Run">Of which run.</param>
/// <param name="Statement">All its arithmetic.</param>
/// <param name="View">Its sums.</param>
/// <param name="LockedAt">Null while it is none yet.</param>
/// <param name="DisputableUntil">The end of the window; before all time while it is not locked.</param>
public sealed record LockedStatement(PayRun Run, PayStatement Statement, StatementView View, DateTimeOffset? LockedAt, DateTimeOffset DisputableUntil)
{
    /// <summary>Sign-in name of who approved it; null while nobody has.</summary>
    public string? LockedBy { get; init; }

    /// <summary>The last day of the window in the company's zone; null while it is not locked.</summary>
    public DateOnly? LastDisputeDay { get; init; }
}
