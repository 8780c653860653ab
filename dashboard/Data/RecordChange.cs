using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Commitments;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>One value of a fact that was otherwise before.</summary>
/// <param name="At">When we learned of the new one.</param>
/// <param name="Column">What changed, in words.</param>
/// <param name="Old">What it was; null for nothing.</param>
/// <param name="New">What it became; null for nothing.</param>
/// <param name="Batch">What brought it.</param>
public sealed record RecordChange(DateTimeOffset At, string Column, string? Old, string? New, long Batch)
{
    private static readonly string Sql = SqlText.Read(typeof(RecordChange), "Data/RecordHistory.sql");

    internal static async Task<IReadOnlyList<RecordChange>> ReadAsync(NpgsqlDataSource db, string account, FactEvidence now, TimeZoneInfo zone, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql.Replace("{fact}", now.Table, StringComparison.Ordinal));
        command.Parameters.AddWithValue(AccountId.Of(account));
        command.Parameters.AddWithValue(now.Key);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var changes = new List<RecordChange>();
        var later = now;
        while (await row.ReadAsync(cancellation))
        {
            var version = now with { Record = row.GetString(0), OccurredAt = row.GetFieldValue<DateTimeOffset>(1), Deleted = row.GetBoolean(2) };
            changes.AddRange(Between(version, later, row.GetFieldValue<DateTimeOffset>(3), zone));
            later = version;
        }
        return changes;
    }

    private static IEnumerable<RecordChange> Between(FactEvidence before, FactEvidence after, DateTimeOffset at, TimeZoneInfo zone)
    {
        var (old, now) = (Values(before, zone), Values(after, zone));
        foreach (var column in old.Keys.Union(now.Keys))
            if (old.GetValueOrDefault(column) != now.GetValueOrDefault(column)) yield return new RecordChange(at, column, old.GetValueOrDefault(column), now.GetValueOrDefault(column), after.Batch);
    }

    private static Dictionary<string, string> Values(FactEvidence version, TimeZoneInfo zone)
    {
        var values = version.Values(zone).ToDictionary(v => v.Name, v => v.Text);
        values["occurred"] = Wording.Moments.Zoned(version.OccurredAt, zone);
        values["deleted in the source"] = version.Deleted ? "yes" : "no";
        return values;
    }
}
