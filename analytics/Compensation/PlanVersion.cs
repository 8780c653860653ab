using Npgsql;

namespace Followthrough.Analytics.Compensation;

/// <summary>A plan as it was written down at some time.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="From">First day it is in force.</param>
/// <param name="Plan">What the text says.</param>
internal sealed record PlanVersion(int Version, string Hash, DateOnly From, PayPlan Plan)
{
    /// <summary>Every version of a plan, the first first; none when there is no such plan.</summary>
    /// <exception cref="PayException">A text that was accepted once cannot be read any more.</exception>
    public static async Task<IReadOnlyList<PlanVersion>> ReadAsync(NpgsqlDataSource db, string plan, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select version, hash, from_day, document from pay_plan where plan_id = $1 order by version");
        command.Parameters.AddWithValue(plan);
        await using var row = await command.ExecuteReaderAsync(ct);
        var versions = new List<PlanVersion>();
        while (await row.ReadAsync(ct))
        {
            var (version, reading) = (row.GetInt32(0), PlanDocument.Read(row.GetString(3)));
            versions.Add(new(version, row.GetString(1), row.GetFieldValue<DateOnly>(2), reading.Plan
                ?? throw new PayException($"Version {version} of the plan {plan} cannot be read any more: {reading.Faults[0].Words}")));
        }
        return versions;
    }

    /// <summary>The one in force on a day: of those that have begun the latest begun, of these the newest; null before the first.</summary>
    public static PlanVersion? On(IEnumerable<PlanVersion> versions, DateOnly day) =>
        versions.Where(v => v.From <= day).OrderByDescending(v => v.From).ThenByDescending(v => v.Version).FirstOrDefault();
}
