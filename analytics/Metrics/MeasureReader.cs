using System.Runtime.CompilerServices;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Metrics;

/// <summary>Answers questions about measures: the measure's own statement finds the rows, one scope and one sum for all make the figure.</summary>
internal static class MeasureReader
{
    private static readonly string Scope = Read("MeasureScope");
    private static readonly string Groups = Read("MeasureGroups");
    private static readonly string Sums = Read("MeasureSums");
    private static readonly string Durations = Read("MeasureDurations");
    private static readonly string Scores = Read("MeasureScores");
    private static readonly string Listed = Read("MeasureListed");
    private static readonly string Rows = Listed + Read("MeasureRows");

    public static async Task<MeasureValue> ValueAsync(MetricSession session, CancellationToken ct)
    {
        var groups = await GroupsAsync(session, null, ct);
        return groups.Count > 0 ? groups[0].Value : MeasureValueReader.Nothing(session);
    }

    public static async Task<IReadOnlyList<MeasureGroup>> GroupsAsync(MetricSession session, Dimension? by, CancellationToken ct)
    {
        var attribute = by is Dimension.Team or Dimension.Staff;
        await using var command = Command(session, attribute, by, session.Measure.Aggregation switch
        {
            Aggregation.Median or Aggregation.NinetiethPercentile => Durations,
            Aggregation.AccountMean => Scores,
            _ => Sums,
        });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await MeasureValueReader.ReadAsync(reader, session, by, ct);
    }

    public static async Task<MeasurePage> PageAsync(
        MetricSession session, MeasureSort sort, bool descending, int offset, int? limit, CancellationToken ct)
    {
        var total = await CountAsync(session, ct);
        return new MeasurePage(await RowsAsync(session, sort, descending, offset, limit, ct).ToListAsync(ct), total);
    }

    public static IAsyncEnumerable<MeasureRow> RowsAsync(
        MetricSession session, MeasureSort sort, bool descending, int offset, int? limit, CancellationToken ct) =>
        StreamAsync(session, MeasureOrder.By(sort, descending), offset, limit, null, ct);

    public static async Task<MeasurePage> AfterAsync(MetricSession session, RowPlace? after, int limit, CancellationToken ct)
    {
        var total = await CountAsync(session, ct);
        return new MeasurePage(await StreamAsync(session, MeasureOrder.ByKey, after?.Ties ?? 0, limit, after, ct).ToListAsync(ct), total);
    }

    public static async Task<long> CountAsync(MetricSession session, CancellationToken ct)
    {
        await using var count = Command(session, attribute: false, null, Listed + "select count(*) from listed");
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }

    /// <summary>A statement over the measure's rows within the question's scope.</summary>
    public static NpgsqlCommand Command(MetricSession session, bool attribute, Dimension? by, string answer, string before = "")
    {
        var query = session.Query;
        var rows = session.Closed is null ? $"with {session.Measure.Sql}{Scope}" : Closed.Measures;
        var command = session.Command($"{before}{rows}{Groups}{answer}");
        command.Parameters.AddWithValue("variant", session.Measure.Variant);
        // People are looked up only where the question names them: it takes two joins over time.
        command.Parameters.AddWithValue("attribute", attribute || query.Team is not null || query.Staff is not null || query.Viewer.Teams is not null || query.Viewer.Staff is not null);
        command.Parameters.AddWithValue("by", NpgsqlDbType.Text, (object?)by?.ToString().ToLowerInvariant() ?? DBNull.Value);
        return command;
    }

    private static async IAsyncEnumerable<MeasureRow> StreamAsync(
        MetricSession session, string order, int offset, int? limit, RowPlace? after, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = Command(session, attribute: true, null, Rows.Replace("{order}", order, StringComparison.Ordinal));
        command.Parameters.AddWithValue("skip", (long)offset);
        command.Parameters.AddWithValue("take", NpgsqlDbType.Bigint, (object?)limit ?? DBNull.Value);
        RowPlace.Bind(command, after);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return MeasureValueReader.Row(reader);
    }

    private static string Read(string file) => SqlText.Read(typeof(MeasureReader), $"Metrics/{file}.sql");
}
