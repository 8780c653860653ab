using Followthrough.Analytics.Facts;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Accounts;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Audits.Projects;

/// <summary>A drawn item, and what it is as it stands now.</summary>
/// <param name="Item">What was drawn, and what was seen.</param>
/// <param name="Event">What it is; deleted also when it is no longer among the facts.</param>
/// <param name="Source">Where it came from; null for a commitment, whose own page says it, and when its batch is not recorded.</param>
public sealed record SampledItem(AuditItem Item, TimelineEvent Event, SampledSource? Source)
{
    private static readonly string Sql = SqlText.Read(typeof(SampledItem), "Audits/Projects/Sampled.sql");

    internal static async Task<IReadOnlyList<SampledItem>> ReadAsync(NpgsqlDataSource db, AuditedProject project, DateTimeOffset now, CancellationToken ct)
    {
        if (project.Case is not { } audit) return [];
        await using var connection = await db.OpenConnectionAsync(ct);
        var items = (await AuditItems.OfAsync(connection, audit.Id, ct)).ToDictionary(item => item.Id);
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddWithValue("account", AccountId.Of(project.Account));
        command.Parameters.AddWithValue("case", audit.Id);
        command.Parameters.AddWithValue("now", NpgsqlDbType.TimestampTz, now);
        await using var row = await command.ExecuteReaderAsync(ct);
        var sample = new List<SampledItem>();
        while (await row.ReadAsync(ct))
            sample.Add(new SampledItem(
                items[row.GetInt64(15)], TimelineEvent.Read(row),
                row.IsDBNull(16) ? null : new SampledSource(row.GetString(16), row.GetInt64(17), row.GetFieldValue<DateTimeOffset>(18))));
        return sample;
    }
}

/// <summary>Where a record came from.</summary>
/// <param name="File">Name of its file.</param>
/// <param name="Line">At which it begins.</param>
/// <param name="ReceivedAt">When it came.</param>
public sealed record SampledSource(string File, long Line, DateTimeOffset ReceivedAt);
