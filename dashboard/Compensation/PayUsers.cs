using Followthrough.Analytics.Compensation;
using Followthrough.Dashboard.Access;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Who can sign in and has a right about pay.</summary>
internal static class PayUsers
{
    private const string Sql = """
        select user_name, user_id, staff_key from app_user u
        where disabled_at is null and exists (select from app_user_role r join app_role using (role_id) where r.user_id = u.user_id and name = any ($1))
        order by lower(user_name)
        """;

    /// <summary>By name; the right is one that whole roles have.</summary>
    internal static async Task<IReadOnlyList<PayActor>> WithAsync(NpgsqlDataSource db, Right right, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(Rights.RolesWith(right).ToArray());
        await using var row = await command.ExecuteReaderAsync(ct);
        var users = new List<PayActor>();
        while (await row.ReadAsync(ct)) users.Add(new PayActor(row.GetString(0), row.GetGuid(1), await row.IsDBNullAsync(2, ct) ? null : row.GetString(2)));
        return users;
    }
}
