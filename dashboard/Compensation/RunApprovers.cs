using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Who of those who may approve pay can approve a run, and why the others cannot: said before somebody waits for nobody.</summary>
internal static class RunApprovers
{
    private const string Sql = """
        select user_name, user_id, staff_key from app_user u
        where disabled_at is null and exists (select from app_user_role r join app_role using (role_id) where r.user_id = u.user_id and name = any ($1))
        order by lower(user_name)
        """;

    private static readonly string[] Approving = [.. Role.All.Where(role => Rights.Of([role]).Contains(Right.ApprovePay))];

    /// <summary>In a sentence each, the ones who can first.</summary>
    internal static async Task<IReadOnlyList<string>> InWordsAsync(NpgsqlDataSource db, PayRun run, CancellationToken ct)
    {
        var reader = new PayReader(db);
        var (can, cannot) = (new List<string>(), new List<string>());
        foreach (var user in await UsersAsync(db, ct))
        {
            var hand = await reader.HandAsync(run, user, ct);
            if (hand == PayHand.None) can.Add(user.Name);
            else cannot.Add($"{user.Name} {PayWording.Hand(hand)}");
        }
        var reasons = cannot.Count == 0 ? [] : new[] { $"Not by who has a part in it: {string.Join(", ", cannot)}." };
        return can.Count > 0
            ? [$"Then it can be approved by {string.Join(" or ", can)}.", .. reasons]
            : ["Nobody can approve it yet: an administrator adds an executive under Admin, Users.", .. reasons];
    }

    private static async Task<IReadOnlyList<PayActor>> UsersAsync(NpgsqlDataSource db, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(Approving);
        await using var row = await command.ExecuteReaderAsync(ct);
        var users = new List<PayActor>();
        while (await row.ReadAsync(ct)) users.Add(new PayActor(row.GetString(0), row.GetGuid(1), await row.IsDBNullAsync(2, ct) ? null : row.GetString(2)));
        return users;
    }
}
