using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Somebody's days in a plan.</summary>
/// <param name="Id">Of two that hold on the same day the later written one counts.</param>
/// <param name="Staff">Key of the person.</param>
/// <param name="Name">What he is called.</param>
/// <param name="From">First day.</param>
/// <param name="To">First day he is not in it any more; null while nobody has said.</param>
/// <param name="Incentive">Target incentive of a whole period; null for the plan's.</param>
internal sealed record PayMembership(long Id, string Staff, string Name, DateOnly From, DateOnly? To, decimal? Incentive)
{
    public bool Holds(DateOnly day) => From <= day && (To is null || day < To);

    /// <summary>Whose days are in the span, as it was recorded at a moment.</summary>
    public static async Task<IReadOnlyList<PayMembership>> ReadAsync(NpgsqlDataSource db, string plan, DateOnly from, DateOnly to, DateTimeOffset asOf, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select m.member_id, m.staff_key, coalesce(s.name, m.staff_key), m.from_day, m.to_day, m.incentive
            from pay_member m left join staff s on s.source_key = m.staff_key
            where m.plan_id = $1 and m.from_day < $3 and (m.to_day is null or m.to_day > $2)
              and m.recorded_at <= $4 and (m.replaced_at is null or m.replaced_at > $4)
            order by m.staff_key, m.member_id
            """);
        command.Parameters.AddWithValue(plan);
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(NpgsqlDbType.TimestampTz, asOf);
        await using var row = await command.ExecuteReaderAsync(ct);
        var members = new List<PayMembership>();
        while (await row.ReadAsync(ct))
        {
            members.Add(new(
                row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3),
                await row.GetFieldValueAsync<DateOnly?>(4, ct), row.IsDBNull(5) ? null : row.GetDecimal(5)));
        }
        return members;
    }
}
