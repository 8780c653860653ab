using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Compensation;

/// <summary>Whose days are in a plan, as it was recorded at an earlier moment.</summary>
internal static class PayMembership
{
    public static async Task<IReadOnlyList<PayMember>> ReadAsync(NpgsqlDataSource db, string plan, DateOnly from, DateOnly to, DateTimeOffset asOf, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select m.member_id, m.staff_key, coalesce(s.name, m.staff_key), m.from_day, m.to_day, m.incentive, m.recorded_at, m.recorded_by
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
        var members = new List<PayMember>();
        while (await row.ReadAsync(ct))
        {
            members.Add(new PayMember
            {
                Id = row.GetInt64(0),
                PlanId = plan,
                StaffKey = row.GetString(1),
                Name = row.GetString(2),
                FromDay = row.GetFieldValue<DateOnly>(3),
                ToDay = await row.GetFieldValueAsync<DateOnly?>(4, ct),
                Incentive = row.IsDBNull(5) ? null : row.GetDecimal(5),
                RecordedAt = row.GetFieldValue<DateTimeOffset>(6),
                RecordedBy = row.GetString(7),
            });
        }
        return members;
    }
}
