using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>The pairs of eyes between a draft and its lock.</summary>
internal static class PayReviews
{
    private static readonly string Reviewed = IsReviewed("s");

    private static readonly string Add = $"""
        insert into pay_step (run_id, step, at, by_name, by_user, by_staff, staff_key)
        select s.run_id, 'reviewed', @at, @by, @user, @by_staff, s.staff_key
        from pay_statement s join pay_run r using (run_id) cross join company c
        where s.run_id = @run and s.staff_key is distinct from @by_staff and {PayScope.Condition("s.staff_key", "(r.to_day::timestamp at time zone c.reporting_zone)")}
          and not {Reviewed}
        order by s.staff_key
        """;

    private static readonly string Withdraw = $"""
        insert into pay_step (run_id, step, at, by_name, by_user, by_staff, staff_key, words)
        select s.run_id, 'withdrawn', @at, @by, @user, @by_staff, s.staff_key, @words
        from pay_statement s
        cross join lateral (
          select v.by_name, v.by_user, v.by_staff from pay_step v
          where v.run_id = s.run_id and v.step = 'reviewed' and v.staff_key = s.staff_key order by v.step_id desc limit 1) v
        where s.run_id = @run and {Reviewed} and (v.by_name = @by or v.by_user = @user or v.by_staff = @by_staff)
        order by s.staff_key
        """;

    /// <summary>The condition that a statement was reviewed; <paramref name="statement"/> is the name of pay_statement in the text around it.</summary>
    public static string IsReviewed(string statement) =>
        SqlText.Read(typeof(PayReviews), "Compensation/Reviewed.sql").Replace("{s}", statement, StringComparison.Ordinal);

    /// <summary>Reviews what waits in the reviewer's scope, his own apart; how many.</summary>
    public static async Task<int> AddAsync(NpgsqlConnection connection, long run, PayActor by, PayScope scope, DateTimeOffset at, CancellationToken ct)
    {
        await using var add = new NpgsqlCommand(Add, connection);
        Bind(add, run, by, at);
        scope.Bind(add);
        return await add.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes back what somebody reviewed since the run was sent; how many statements.</summary>
    public static async Task<int> WithdrawAsync(NpgsqlConnection connection, long run, PayActor by, string? words, DateTimeOffset at, CancellationToken ct)
    {
        await using var withdraw = new NpgsqlCommand(Withdraw, connection);
        Bind(withdraw, run, by, at);
        withdraw.Parameters.AddWithValue("words", NpgsqlDbType.Text, (object?)words ?? DBNull.Value);
        return await withdraw.ExecuteNonQueryAsync(ct);
    }

    /// <summary>How many statements nobody has reviewed since the run was last sent.</summary>
    public static async Task<long> WaitingAsync(NpgsqlConnection connection, long run, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select count(*) from pay_statement s where s.run_id = @run and not {Reviewed}
            """, connection);
        command.Parameters.AddWithValue("run", run);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Why somebody cannot approve a run, in a sentence; null when he can.</summary>
    public static async Task<string?> ObstacleAsync(NpgsqlConnection connection, PayRun run, PayActor by, CancellationToken ct)
    {
        if (run.State != PayRunState.Review) return run.State == PayRunState.Locked ? "This run is locked already." : $"This run is {PayRunRows.NameOf(run.State)}; only one that was reviewed can be approved.";
        return (await HandsAsync(connection, run, ct)).Of(by) switch
        {
            PayHand.Prepared => "You had a hand in preparing this run: somebody else approves it.",
            PayHand.Reviewed => "You reviewed this run: somebody else approves it.",
            PayHand.Paid => "This plan pays you: somebody whom it does not pay approves it.",
            _ => await WaitingAsync(connection, run.Id, ct) is > 0 and var left ? FormattableString.Invariant($"{left} of its statements nobody has reviewed yet.") : null,
        };
    }

    /// <summary>Who has which part in a run.</summary>
    public static async Task<PayHands> HandsAsync(NpgsqlConnection connection, PayRun run, CancellationToken ct) =>
        new(await PayRunRows.StepsAsync(connection, run.Id, ct), await PaidAsync(connection, run, ct));

    // By the run or by the plan, on any day so far: who joins next month has an interest too.
    private static async Task<HashSet<string>> PaidAsync(NpgsqlConnection connection, PayRun run, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select staff_key from pay_statement where run_id = $1
            union
            select staff_key from pay_member where plan_id = $2 and replaced_at is null and (to_day is null or to_day > $3)
            """, connection) { Parameters = { new() { Value = run.Id }, new() { Value = run.Plan }, new() { Value = run.Period.Start } } };
        await using var row = await command.ExecuteReaderAsync(ct);
        var paid = new HashSet<string>();
        while (await row.ReadAsync(ct)) paid.Add(row.GetString(0));
        return paid;
    }

    private static void Bind(NpgsqlCommand command, long run, PayActor by, DateTimeOffset at)
    {
        command.Parameters.AddWithValue("run", run);
        command.Parameters.AddWithValue("at", at);
        command.Parameters.AddWithValue("by", by.Name);
        command.Parameters.AddWithValue("user", NpgsqlDbType.Uuid, (object?)by.User ?? DBNull.Value);
        command.Parameters.AddWithValue("by_staff", NpgsqlDbType.Text, (object?)by.Staff ?? DBNull.Value);
    }
}
