using Npgsql;

namespace Followthrough.Dashboard.Hooks;

/// <summary>When a source last sent anything, by whatever way.</summary>
/// <param name="Source">Its name.</param>
/// <param name="LastAt">When the last batch came in.</param>
/// <param name="Batches">Batches so far.</param>
/// <param name="Rows">Rows of them.</param>
/// <param name="Rejected">Rows that were not taken.</param>
/// <param name="EveryDays">Days from one day on which it sends to the next, on average; null for fewer than three such days.</param>
/// <param name="SilentDays">Days since it last sent.</param>
public sealed record SourceFreshness(string Source, DateTimeOffset LastAt, long Batches, long Rows, long Rejected, double? EveryDays, int SilentDays)
{
    // In the company's days. Two days tell of no habit.
    private const string Sql = """
        with sent as (
          select source, max(committed_at) as last_at, count(*) as batches, sum(read)::bigint as rows, sum(rejected)::bigint as rejected,
            array_agg(distinct (committed_at at time zone $1)::date) as days
          from batch group by source
        )
        select source, last_at, batches, rows, rejected,
          case when cardinality(days) > 2 then (days[cardinality(days)] - days[1])::double precision / (cardinality(days) - 1) end,
          ($2 at time zone $1)::date - days[cardinality(days)]
        from sent order by last_at, source
        """;

    /// <summary>Whether it has been silent for more than twice as long as usual; false where nothing is usual yet.</summary>
    public bool IsLate => EveryDays is { } every && SilentDays > (2 * every) + 1;

    /// <summary>Every source, who has been silent longest first.</summary>
    internal static async Task<IReadOnlyList<SourceFreshness>> ReadAsync(NpgsqlDataSource db, TimeZoneInfo zone, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(Sql);
        command.Parameters.AddWithValue(zone.Id);
        command.Parameters.AddWithValue(now);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var sources = new List<SourceFreshness>();
        while (await row.ReadAsync(cancellation))
            sources.Add(new SourceFreshness(
                row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), await row.IsDBNullAsync(5, cancellation) ? null : row.GetDouble(5), row.GetInt32(6)));
        return sources;
    }
}
