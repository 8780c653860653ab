using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Keeps who is paid by which plan from when to when. What was said before stays, with when and by whom it was replaced.</summary>
internal sealed class PayMembers(NpgsqlDataSource db, TimeProvider clock)
{
    private const decimal MostMoney = 100_000_000;
    private static readonly string Sql = SqlText.Read(typeof(PayMembers), "Compensation/Members.sql");

    /// <summary>The members of a plan by name; of all plans when it is null.</summary>
    public async Task<IReadOnlyList<PayMember>> OfAsync(string? plan, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await ReadAsync(connection, plan, null, null, ct);
    }

    /// <summary>Every plan that a person is or was in.</summary>
    public async Task<IReadOnlyList<PayMember>> OfStaffAsync(string staff, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await ReadAsync(connection, null, staff, null, ct);
    }

    /// <summary>Takes somebody into a plan, within the caller's transaction.</summary>
    /// <exception cref="PlanRefusedException">There is no such plan or person, he is in it on some of the days, or the days or the amount are none.</exception>
    public async Task<PlanChange> AddAsync(
        NpgsqlConnection connection, string plan, string staff, DateOnly from, DateOnly? to, decimal? incentive, string by, CancellationToken ct)
    {
        if (to <= from) throw new PlanRefusedException(PlanNode.Say($"The last day is before the first, {from:yyyy-MM-dd}; expected a day from it on."));
        if (incentive is < 0 or > MostMoney) throw new PlanRefusedException(PlanNode.Say($"A target incentive of {incentive} cannot be meant; expected 0 to {MostMoney}, or nothing for the plan's."));
        await PayPlanStore.LockAsync(connection, ct);
        if (!await HasAsync(connection, "select exists (select 1 from pay_plan where plan_id = $1)", plan, ct)) throw new PlanRefusedException($"There is no plan “{plan}”.");
        if (!await HasAsync(connection, "select exists (select 1 from staff where source_key = $1 and not deleted)", staff, ct)) throw new PlanRefusedException($"There is nobody with the key “{staff}”.");
        var overlap = (await ReadAsync(connection, plan, staff, null, ct)).FirstOrDefault(m => (to is null || m.FromDay < to) && (m.ToDay is null || from < m.ToDay));
        if (overlap is not null) throw new PlanRefusedException($"{overlap.Name} is in the plan already {Days(overlap.FromDay, overlap.ToDay)}.");
        await InsertAsync(connection, plan, staff, from, to, incentive, by, ct);
        return new PlanChange($"pay plan {plan}: member {staff}", null, Say(from, to, incentive));
    }

    /// <summary>Ends a membership, within the caller's transaction: the first day on which he is not in the plan any more; null takes an end back.</summary>
    /// <exception cref="PlanRefusedException">There is no such membership, or it would end before it began or reach into his next one.</exception>
    public async Task<PlanChange> EndAsync(NpgsqlConnection connection, string plan, long member, DateOnly? to, string by, CancellationToken ct)
    {
        await PayPlanStore.LockAsync(connection, ct);
        if (await ReadAsync(connection, plan, null, member, ct) is not [var before]) throw new PlanRefusedException("There is no such membership any more.");
        if (to <= before.FromDay) throw new PlanRefusedException(PlanNode.Say($"{before.Name} has been in the plan since {before.FromDay:yyyy-MM-dd}; expected a last day from then on."));
        var next = (await ReadAsync(connection, plan, before.StaffKey, null, ct)).FirstOrDefault(m => m.FromDay > before.FromDay && (to is null || m.FromDay < to));
        if (next is not null) throw new PlanRefusedException($"{next.Name} is in the plan again {Days(next.FromDay, next.ToDay)}.");
        await using var replace = new NpgsqlCommand("update pay_member set replaced_at = $2, replaced_by = $3 where member_id = $1", connection)
        {
            Parameters = { new() { Value = member }, new() { Value = clock.GetUtcNow() }, new() { Value = by } },
        };
        await replace.ExecuteNonQueryAsync(ct);
        await InsertAsync(connection, plan, before.StaffKey, before.FromDay, to, before.Incentive, by, ct);
        return new PlanChange($"pay plan {plan}: member {before.StaffKey}", Say(before.FromDay, before.ToDay, before.Incentive), Say(before.FromDay, to, before.Incentive));
    }

    /// <summary>Days from the first to the last, in words.</summary>
    internal static string Days(DateOnly from, DateOnly? to) => to is { } end
        ? PlanNode.Say($"from {from:yyyy-MM-dd} to {end.AddDays(-1):yyyy-MM-dd}")
        : PlanNode.Say($"from {from:yyyy-MM-dd} on");

    // What somebody earns is nobody's business who reads the log.
    private static string Say(DateOnly from, DateOnly? to, decimal? incentive) => $"{Days(from, to)}{(incentive is null ? "" : ", with an incentive of his own")}";

    private async Task InsertAsync(
        NpgsqlConnection connection, string plan, string staff, DateOnly from, DateOnly? to, decimal? incentive, string by, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand(
            "insert into pay_member (plan_id, staff_key, from_day, to_day, incentive, recorded_at, recorded_by) values ($1, $2, $3, $4, $5, $6, $7)", connection);
        insert.Parameters.Add(new NpgsqlParameter { Value = plan });
        insert.Parameters.Add(new NpgsqlParameter { Value = staff });
        insert.Parameters.Add(new NpgsqlParameter { Value = from });
        insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Date, Value = (object?)to ?? DBNull.Value });
        insert.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Numeric, Value = (object?)incentive ?? DBNull.Value });
        insert.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        insert.Parameters.Add(new NpgsqlParameter { Value = by });
        await insert.ExecuteNonQueryAsync(ct);
    }

    internal static async Task<bool> HasAsync(NpgsqlConnection connection, string sql, string key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = key } } };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<IReadOnlyList<PayMember>> ReadAsync(NpgsqlConnection connection, string? plan, string? staff, long? member, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)plan ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)staff ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = (object?)member ?? DBNull.Value });
        await using var row = await command.ExecuteReaderAsync(ct);
        var members = new List<PayMember>();
        while (await row.ReadAsync(ct))
            members.Add(new PayMember
            {
                Id = row.GetInt64(0),
                PlanId = row.GetString(1),
                StaffKey = row.GetString(2),
                Name = row.GetString(3),
                FromDay = row.GetFieldValue<DateOnly>(4),
                ToDay = row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5),
                Incentive = row.IsDBNull(6) ? null : row.GetDecimal(6),
                RecordedAt = row.GetFieldValue<DateTimeOffset>(7),
                RecordedBy = row.GetString(8),
            });
        return members;
    }
}
