using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>The pairs of eyes between a draft and its lock.</summary>
internal static class PayReviews
{
    // What was reviewed before a run was last sent was something else.
    private const string Since = "coalesce((select max(step_id) from pay_step where run_id = @run and step = 'sent'), 0)";

    private static readonly string Add = $"""
        insert into pay_step (run_id, step, at, by_name, by_user, by_staff, staff_key)
        select s.run_id, 'reviewed', @at, @by, @user, @by_staff, s.staff_key
        from pay_statement s join pay_run r using (run_id) cross join company c
        where s.run_id = @run and s.staff_key is distinct from @by_staff and {PayScope.Condition("s.staff_key", "(r.to_day::timestamp at time zone c.reporting_zone)")}
          and not exists (select from pay_step p where p.run_id = s.run_id and p.step = 'reviewed' and p.staff_key = s.staff_key and p.step_id > {Since})
        order by s.staff_key
        """;

    public static async Task<int> AddAsync(NpgsqlConnection connection, long run, PayActor by, PayScope scope, DateTimeOffset at, CancellationToken ct)
    {
        await using var add = new NpgsqlCommand(Add, connection);
        add.Parameters.AddWithValue("run", run);
        add.Parameters.AddWithValue("at", at);
        add.Parameters.AddWithValue("by", by.Name);
        add.Parameters.AddWithValue("user", NpgsqlDbType.Uuid, (object?)by.User ?? DBNull.Value);
        add.Parameters.AddWithValue("by_staff", NpgsqlDbType.Text, (object?)by.Staff ?? DBNull.Value);
        scope.Bind(add);
        return await add.ExecuteNonQueryAsync(ct);
    }

    /// <summary>How many statements nobody has reviewed since the run was last sent.</summary>
    public static async Task<long> WaitingAsync(NpgsqlConnection connection, long run, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select count(*) from pay_statement s where s.run_id = @run
              and not exists (select from pay_step p where p.run_id = s.run_id and p.step = 'reviewed' and p.staff_key = s.staff_key and p.step_id > {Since})
            """, connection);
        command.Parameters.AddWithValue("run", run);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Why somebody cannot approve a run, in a sentence; null when he can.</summary>
    public static async Task<string?> ObstacleAsync(NpgsqlConnection connection, PayRun run, PayActor by, CancellationToken ct)
    {
        if (run.State != PayRunState.Review) return run.State == PayRunState.Locked ? "This run is locked already." : $"This run is {PayRunRows.NameOf(run.State)}; only one that was reviewed can be approved.";
        return await HandAsync(connection, run, by, ct) switch
        {
            PayHand.Prepared => "You had a hand in preparing this run: somebody else approves it.",
            PayHand.Reviewed => "You reviewed this run: somebody else approves it.",
            PayHand.Paid => "This plan pays you: somebody whom it does not pay approves it.",
            _ => await WaitingAsync(connection, run.Id, ct) is > 0 and var left ? FormattableString.Invariant($"{left} of its statements nobody has reviewed yet.") : null,
        };
    }

    /// <summary>The part that somebody has in a run.</summary>
    public static async Task<PayHand> HandAsync(NpgsqlConnection connection, PayRun run, PayActor by, CancellationToken ct)
    {
        var steps = await PayRunRows.StepsAsync(connection, run.Id, ct);
        return steps.Any(s => s.IsPreparation && s.By.Is(by)) ? PayHand.Prepared
            : steps.Any(s => s.Kind == PayStepKind.Reviewed && s.By.Is(by)) ? PayHand.Reviewed
            : await PaysAsync(connection, run, by, ct) ? PayHand.Paid
            : PayHand.None;
    }

    // By the run or by the plan, on any day so far: who joins next month has an interest too.
    private static async Task<bool> PaysAsync(NpgsqlConnection connection, PayRun run, PayActor by, CancellationToken ct)
    {
        if (by.Staff is null) return false;
        await using var command = new NpgsqlCommand("""
            select exists (select from pay_statement where run_id = $1 and staff_key = $2)
              or exists (select from pay_member where plan_id = $3 and staff_key = $2 and replaced_at is null and (to_day is null or to_day > $4))
            """, connection) { Parameters = { new() { Value = run.Id }, new() { Value = by.Staff }, new() { Value = run.Plan }, new() { Value = run.Period.Start } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}

/// <summary>Why somebody is no second pair of eyes: the part he has in a run.</summary>
internal enum PayHand { None, Prepared, Reviewed, Paid }
