using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Targets;

/// <summary>Which targets a list is to show.</summary>
public sealed record TargetFilter
{
    /// <summary>Of that metric; null for all.</summary>
    public string? Metric { get; init; }

    /// <summary>Of that team; null for all.</summary>
    public string? Team { get; init; }

    /// <summary>Of that person; null for all.</summary>
    public string? Staff { get; init; }

    /// <summary>Only the company's.</summary>
    public bool OnlyCompany { get; init; }

    /// <summary>In force on that day; null for whatever day.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Also what was replaced or ended.</summary>
    public bool WithReplaced { get; init; }
}

/// <summary>Targets as a list shows them.</summary>
/// <param name="Items">A page of them.</param>
/// <param name="Total">How many there are.</param>
public sealed record TargetList(IReadOnlyList<RecordedTarget> Items, long Total)
{
    private static readonly string Sql = SqlText.Read(typeof(TargetList), "Targets/Listed.sql");

    /// <summary>By metric, the company's first, then teams and people by name, the newest first.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="filter">Which.</param>
    /// <param name="skip">How many are left out first.</param>
    /// <param name="take">The most that are read; null for all.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<TargetList> ReadAsync(NpgsqlDataSource db, TargetFilter filter, int skip, int? take, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Sql);
        foreach (var (name, value) in new (string, string?)[] { ("metric", filter.Metric), ("team", filter.Team), ("staff", filter.Staff) })
            command.Parameters.AddWithValue(name, NpgsqlDbType.Text, (object?)value ?? DBNull.Value);
        command.Parameters.AddWithValue("company", filter.OnlyCompany);
        command.Parameters.AddWithValue("day", NpgsqlDbType.Date, (object?)filter.Day ?? DBNull.Value);
        command.Parameters.AddWithValue("replaced", filter.WithReplaced);
        command.Parameters.AddWithValue("skip", (long)skip);
        command.Parameters.AddWithValue("take", NpgsqlDbType.Bigint, (object?)take ?? DBNull.Value);
        await using var row = await command.ExecuteReaderAsync(ct);
        var (items, total) = (new List<RecordedTarget>(), 0L);
        while (await row.ReadAsync(ct))
        {
            items.Add(new RecordedTarget(
                TargetStore.TargetOf(row), await row.IsDBNullAsync(9, ct) ? null : row.GetString(9), await row.GetFieldValueAsync<DateTimeOffset>(10, ct), row.GetString(11),
                await row.GetFieldValueAsync<DateTimeOffset?>(12, ct), await row.IsDBNullAsync(13, ct) ? null : row.GetString(13)));
            total = row.GetInt64(14);
        }
        return new TargetList(items, total);
    }
}
