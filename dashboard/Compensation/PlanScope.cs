using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Compensation;

/// <summary>Which plans somebody may read, and which of their members he may see: all, or those whose pay is his to see.</summary>
/// <param name="All">Every plan and member.</param>
/// <param name="Members">Otherwise these memberships, by their ids, with their plans.</param>
internal sealed record PlanScope(bool All, IReadOnlyDictionary<long, string> Members)
{
    private static readonly string Sql = SqlText.Read(typeof(PlanScope), "Compensation/VisibleMembers.sql").Replace("{scope}", PayScope.Condition("p.staff_key", "@now"), StringComparison.Ordinal);

    internal static async Task<PlanScope> ReadAsync(NpgsqlDataSource db, PageFrame frame, CancellationToken ct)
    {
        if (frame.Who.Pay.All) return new PlanScope(true, new Dictionary<long, string>());
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue("now", frame.Now);
        frame.Who.Pay.Bind(command);
        await using var row = await command.ExecuteReaderAsync(ct);
        var members = new Dictionary<long, string>();
        while (await row.ReadAsync(ct)) members[row.GetInt64(0)] = row.GetString(1);
        return new PlanScope(false, members);
    }

    internal bool MayRead(string plan) => All || Members.Values.Contains(plan);

    internal bool MaySee(PayMember member) => All || Members.ContainsKey(member.Id);
}
