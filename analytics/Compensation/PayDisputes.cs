using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Objections to locked statements: raised within the plan's window, answered within a day, decided by somebody else.</summary>
internal sealed class PayDisputes(NpgsqlDataSource db, TimeProvider clock)
{
    /// <summary>Within which an answer is promised.</summary>
    public static readonly TimeSpan Promised = TimeSpan.FromHours(24);

    private const decimal MostMoney = 100_000_000;

    private static readonly string Sql = SqlText.Read(typeof(PayDisputes), "Compensation/Disputes.sql")
        .Replace("{in_scope}", PayScope.Condition("d.staff_key", "(r.to_day::timestamp at time zone c.reporting_zone)"), StringComparison.Ordinal);

    /// <summary>Those a viewer may see, the newest first; of one statement where it is given.</summary>
    public Task<IReadOnlyList<PayDispute>> AllAsync(PayScope scope, long? run, string? staff, CancellationToken ct) => ReadAsync(scope, null, run, staff, ct);

    /// <summary>One; null when there is none that the viewer may see.</summary>
    public async Task<PayDispute?> FindAsync(PayScope scope, long dispute, CancellationToken ct) => (await ReadAsync(scope, dispute, null, null, ct)).SingleOrDefault();

    /// <summary>Why somebody cannot object to a statement, in a sentence; null when he can.</summary>
    public async Task<string?> WhyNotRaiseAsync(PayScope scope, LockedStatement statement, CancellationToken ct) =>
        DisputeRules.WhyNotRaise(statement, await IsHisAsync(scope, statement, ct), clock.GetUtcNow());

    /// <summary>Why somebody cannot decide a dispute, in a sentence; null when he can.</summary>
    public async Task<string?> WhyNotDecideAsync(PayDispute dispute, PayActor by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return DisputeRules.WhyNotDecide(dispute, await PayRunRows.StepsAsync(connection, dispute.Run, ct), by);
    }

    /// <summary>Objects to a line; the dispute's number.</summary>
    /// <param name="scope">Of who objects: his own pay, or that of his teams' people.</param>
    /// <param name="statement">What he objects to.</param>
    /// <param name="component">The line; null for the whole.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="evidence">What shows it.</param>
    /// <param name="by">Who objects.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="PayException">The window is over, something is not said, or the line is disputed already.</exception>
    public async Task<long> RaiseAsync(PayScope scope, LockedStatement statement, string? component, string expected, string evidence, PayActor by, CancellationToken ct)
    {
        if (await WhyNotRaiseAsync(scope, statement, ct) is { } refused) throw new PayException(refused);
        if (component is not null && statement.Statement.Lines.All(l => l.Component != component)) throw new PayException("There is no such line.");
        var (wanted, shown) = (Said(expected, "what should be there"), Said(evidence, "what shows it"));
        var now = clock.GetUtcNow();
        if ((await AllAsync(PayScope.Everything("pay"), statement.Run.Id, statement.Statement.Staff, ct)).Any(d => d.Component == component && d.DecidedAt is null))
            throw new PayException("This line is disputed already, and not decided yet.");
        await using var insert = db.CreateCommand("""
            insert into pay_dispute (run_id, staff_key, component, expected, evidence, raised_at, raised_name, raised_user, raised_staff, answer_due_at)
            values (@run, @staff, @component, @expected, @evidence, @now, @by, @user, @by_staff, @due) returning dispute_id
            """);
        insert.Parameters.AddWithValue("run", statement.Run.Id);
        insert.Parameters.AddWithValue("staff", statement.Statement.Staff);
        insert.Parameters.AddWithValue("component", NpgsqlDbType.Text, (object?)component ?? DBNull.Value);
        insert.Parameters.AddWithValue("expected", wanted);
        insert.Parameters.AddWithValue("evidence", shown);
        insert.Parameters.AddWithValue("now", now);
        insert.Parameters.AddWithValue("by", by.Name);
        insert.Parameters.AddWithValue("user", NpgsqlDbType.Uuid, (object?)by.User ?? DBNull.Value);
        insert.Parameters.AddWithValue("by_staff", NpgsqlDbType.Text, (object?)by.Staff ?? DBNull.Value);
        insert.Parameters.AddWithValue("due", now + Promised);
        return (long)(await insert.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Tells who objected how it stands; the first answer stops the clock.</summary>
    /// <exception cref="PayException">It was answered before, or by who raised it.</exception>
    public async Task AnswerAsync(PayDispute dispute, string words, PayActor by, CancellationToken ct)
    {
        if (DisputeRules.WhyNotAnswer(dispute, by) is { } refused) throw new PayException(refused);
        await using var answer = db.CreateCommand("update pay_dispute set answer = $2, answered_at = $3, answered_by = $4 where dispute_id = $1 and answered_at is null");
        foreach (var value in new object[] { dispute.Id, Said(words, "your answer"), clock.GetUtcNow(), by.Name }) answer.Parameters.Add(new NpgsqlParameter { Value = value });
        if (await answer.ExecuteNonQueryAsync(ct) == 0) throw new PayException("It was answered already.");
    }

    /// <summary>Accepts it with what is paid for it, or does not; which is an answer too, where there was none.</summary>
    /// <exception cref="PayException">It was decided before, or by who prepared the run, raised it or is paid by it.</exception>
    public async Task DecideAsync(PayDispute dispute, decimal? amount, string words, PayActor by, CancellationToken ct)
    {
        if (await WhyNotDecideAsync(dispute, by, ct) is { } refused) throw new PayException(refused);
        if (amount is 0 || Math.Abs(amount ?? 0) > MostMoney) throw new PayException("Expected an amount other than zero: what is paid for it, or with a minus what was too much.");
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var decide = new NpgsqlCommand("""
            update pay_dispute set accepted = @accepted, amount = @amount, decision = @words, decided_at = @now, decided_by = @by, decided_user = @user,
              answer = coalesce(answer, @words), answered_at = coalesce(answered_at, @now), answered_by = coalesce(answered_by, @by)
            where dispute_id = @dispute and decided_at is null
            """, connection);
        decide.Parameters.AddWithValue("dispute", dispute.Id);
        decide.Parameters.AddWithValue("accepted", amount is not null);
        decide.Parameters.AddWithValue("amount", NpgsqlDbType.Numeric, amount is { } paid ? Math.Round(paid, 2, MidpointRounding.AwayFromZero) : DBNull.Value);
        decide.Parameters.AddWithValue("words", Said(words, "why it is decided so"));
        decide.Parameters.AddWithValue("now", clock.GetUtcNow());
        decide.Parameters.AddWithValue("by", by.Name);
        decide.Parameters.AddWithValue("user", NpgsqlDbType.Uuid, (object?)by.User ?? DBNull.Value);
        if (await decide.ExecuteNonQueryAsync(ct) == 0) throw new PayException("It was decided already.");
    }

    // His own, or that of somebody in a team he answers for: the right to see all pay is none to object in another's name.
    private async Task<bool> IsHisAsync(PayScope scope, LockedStatement statement, CancellationToken ct) =>
        (await new PayReader(db).StatementsAsync(scope with { All = false }, statement.Run.Id, statement.Statement.Staff, ct)).Count > 0;

    private static string Said(string words, string what) => string.IsNullOrWhiteSpace(words) ? throw new PayException($"Say {what}.") : PayRuns.Said(words);

    private async Task<IReadOnlyList<PayDispute>> ReadAsync(PayScope scope, long? dispute, long? run, string? staff, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("dispute", NpgsqlDbType.Bigint, (object?)dispute ?? DBNull.Value);
        command.Parameters.AddWithValue("run", NpgsqlDbType.Bigint, (object?)run ?? DBNull.Value);
        command.Parameters.AddWithValue("staff", NpgsqlDbType.Text, (object?)staff ?? DBNull.Value);
        scope.Bind(command);
        await using var row = await command.ExecuteReaderAsync(ct);
        var disputes = new List<PayDispute>();
        while (await row.ReadAsync(ct)) disputes.Add(Row(row));
        return disputes;
    }

    private static PayDispute Row(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Run = row.GetInt64(1),
        Plan = row.GetString(2),
        Period = row.GetString(3),
        Currency = row.GetString(4),
        Staff = row.GetString(5),
        StaffName = row.GetString(6),
        Component = Text(row, 7),
        Expected = row.GetString(8),
        Evidence = row.GetString(9),
        RaisedAt = row.GetFieldValue<DateTimeOffset>(10),
        RaisedBy = new PayActor(row.GetString(11), row.IsDBNull(12) ? null : row.GetGuid(12), Text(row, 13)),
        AnswerDueAt = row.GetFieldValue<DateTimeOffset>(14),
        Answer = Text(row, 15),
        AnsweredAt = row.GetFieldValue<DateTimeOffset?>(16),
        AnsweredBy = Text(row, 17),
        Accepted = row.IsDBNull(18) ? null : row.GetBoolean(18),
        Amount = row.IsDBNull(19) ? null : row.GetDecimal(19),
        Decision = Text(row, 20),
        DecidedAt = row.GetFieldValue<DateTimeOffset?>(21),
        DecidedBy = Text(row, 22),
        PaidIn = row.IsDBNull(23) ? null : row.GetInt64(23),
        PaidPeriod = Text(row, 24),
        IsPaid = !row.IsDBNull(25) && row.GetString(25) == PayRunRows.NameOf(PayRunState.Locked),
        NextFrom = row.GetFieldValue<DateOnly>(26),
        Metric = Text(row, 27),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
