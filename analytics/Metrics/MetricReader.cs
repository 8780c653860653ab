using System.Runtime.CompilerServices;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Rollups;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// Answers every question about figures and the rows behind them. All answers share one predicate, so a figure and its rows agree;
/// the viewer's scope is part of it. Serves one question at a time; dispose it after the last, since it keeps the earlier moment it was
/// asked about.
/// </summary>
public sealed class MetricReader(NpgsqlDataSource db, TimeProvider clock) : IAsyncDisposable
{
    private static readonly string Scoped = SqlText.Read(typeof(MetricReader), "Metrics/Scoped.sql");
    private static readonly string Values = Scoped + SqlText.Read(typeof(MetricReader), "Metrics/Values.sql");
    private static readonly string Listed = Scoped + SqlText.Read(typeof(MetricReader), "Metrics/Listed.sql");
    private static readonly string Rows = Listed + SqlText.Read(typeof(MetricReader), "Metrics/Rows.sql");
    private static readonly string CountRows = Listed + "select count(*) from listed";

    private readonly MetricSessions _sessions = new(db, clock);

    /// <summary>Leaves the earlier moment it was asked about.</summary>
    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    /// <summary>The figure of any metric over everything asked for. Null with a reason when nothing can be said.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public async Task<MetricValue> ValueAsync(MetricQuery query, CancellationToken ct) =>
        MetricCatalogue.Find(query.Metric) is MeasureMetric ? await MeasureAsync(query, ct) : await CommitmentsAsync(query, ct);

    /// <summary>The figure of any metric by group: months in their order, other groups by how many cases they rest on.</summary>
    public async Task<IReadOnlyList<MetricGroup>> GroupsAsync(MetricQuery query, Dimension by, CancellationToken ct) =>
        MetricCatalogue.Find(query.Metric) is MeasureMetric
            ? [.. (await MeasureGroupsAsync(query, by, ct)).Select(g => new MetricGroup(g.Key, g.Name, g.Value))]
            : [.. (await CommitmentGroupsAsync(query, by, ct)).Select(g => new MetricGroup(g.Key, g.Name, g.Value))];

    /// <summary>The rate of kept commitments and its counts.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it counts no commitments.</exception>
    public async Task<CommitmentValue> CommitmentsAsync(MetricQuery query, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        if (RollupReader.CanAnswer(query)) return await RollupReader.ValueAsync(session, ct);
        var groups = await CommitmentGroupsAsync(session, null, ct);
        return groups.Count > 0 ? groups[0].Value : CommitmentValueReader.Nothing(session.CommitmentMetric, session.AsOf, query.AsOf is not null);
    }

    /// <summary>The rate of kept commitments by group.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it counts no commitments.</exception>
    public async Task<IReadOnlyList<CommitmentGroup>> CommitmentGroupsAsync(MetricQuery query, Dimension by, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        return await CommitmentGroupsAsync(session, by, ct);
    }

    /// <summary>How the lengths behind a rate or a duration are spread; null where the metric has none, or nothing is over.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public async Task<Spread?> SpreadAsync(MetricQuery query, CancellationToken ct)
    {
        if (MetricCatalogue.Find(query.Metric) is MeasureMetric { Aggregation: not (Aggregation.Median or Aggregation.NinetiethPercentile) }) return null;
        await using var session = await _sessions.OpenAsync(query, ct);
        return await SpreadReader.ReadAsync(session, ct);
    }

    /// <summary>A measure beside the ledger.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it is no measure.</exception>
    public async Task<MeasureValue> MeasureAsync(MetricQuery query, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        return await MeasureReader.ValueAsync(session, ct);
    }

    /// <summary>A measure by group.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it is no measure.</exception>
    public async Task<IReadOnlyList<MeasureGroup>> MeasureGroupsAsync(MetricQuery query, Dimension by, CancellationToken ct)
    {
        if (by == Dimension.Month && MetricCatalogue.Find(query.Metric) is MeasureMetric { DependsOnPeriod: true }) return await MonthByMonthAsync(query, ct);
        await using var session = await _sessions.OpenAsync(query, ct);
        return await MeasureReader.GroupsAsync(session, by, ct);
    }

    /// <summary>One page of the rows behind a measure, and their exact number.</summary>
    public async Task<MeasurePage> MeasureRowsAsync(MetricQuery query, MeasureSort sort, bool descending, int offset, int? limit, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        return await MeasureReader.PageAsync(session, sort, descending, offset, limit, ct);
    }

    /// <summary>The rows behind a measure that follow a place in the order by key (null: from the first), and how many there are in all.</summary>
    public async Task<MeasurePage> MeasureRowsAfterAsync(MetricQuery query, RowPlace? after, int limit, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        return await MeasureReader.AfterAsync(session, after, limit, ct);
    }

    /// <summary>Hands every row behind a measure on, streamed; the snapshot ends with <paramref name="use"/>.</summary>
    public async Task UseMeasureRowsAsync(MetricQuery query, MeasureSort sort, bool descending, Func<AllRows<MeasureRow>, Task> use, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        var total = await MeasureReader.CountAsync(session, ct);
        await use(new AllRows<MeasureRow>(total, session.AsOf, MeasureReader.RowsAsync(session, sort, descending, 0, null, ct)));
    }

    /// <summary>One page of the rows behind the figure, and their exact number.</summary>
    public async Task<CommitmentPage> RowsAsync(
        MetricQuery query, CommitmentSort sort, bool descending, int offset, int limit, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        var total = (long)(await session.Command(CountRows).ExecuteScalarAsync(ct))!;
        var rows = await ToListAsync(session, RowCommand(session, sort, descending, offset, limit), ct);
        return new CommitmentPage(rows, total);
    }

    /// <summary>The rows behind the figure that follow a place in the order by key (null: from the first), and how many there are in all.</summary>
    public async Task<CommitmentPage> RowsAfterAsync(MetricQuery query, RowPlace? after, int limit, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        var total = (long)(await session.Command(CountRows).ExecuteScalarAsync(ct))!;
        return new CommitmentPage(await ToListAsync(session, RowCommand(session, RowPlace.Sort, descending: false, 0, limit, after), ct), total);
    }

    /// <summary>Hands every row behind the figure on, streamed; the snapshot ends with <paramref name="use"/>.</summary>
    public async Task UseRowsAsync(MetricQuery query, CommitmentSort sort, bool descending, Func<AllRows<CommitmentRow>, Task> use, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query, ct);
        var total = (long)(await session.Command(CountRows).ExecuteScalarAsync(ct))!;
        await use(new AllRows<CommitmentRow>(total, session.AsOf, StreamAsync(RowCommand(session, sort, descending, 0, null), ct)));
    }

    /// <summary>Who is still waiting: first what can still be kept, by its due time, then what was missed most recently.</summary>
    public async Task<CommitmentPage> WaitingAsync(MetricQuery query, int limit, CancellationToken ct)
    {
        await using var session = await _sessions.OpenAsync(query with { Status = null }, ct);
        var total = (long)(await session.Command(Scoped + "select count(*) from scoped where waiting").ExecuteScalarAsync(ct))!;
        var command = RowCommand(session, CommitmentSort.Urgency, descending: false, 0, limit);
        command.Parameters["waiting_only"].Value = true;
        return new CommitmentPage(await ToListAsync(session, command, ct), total);
    }

    /// <summary>One commitment; null when there is none, or none that the viewer may see.</summary>
    public async Task<CommitmentRow?> FindAsync(Viewer viewer, string kind, string account, string commitmentKey, CancellationToken ct)
    {
        if (MetricCatalogue.Commitments.FirstOrDefault(m => m.Kind == kind) is not { } metric) return null;
        await using var session = await _sessions.OpenAsync(new MetricQuery { Metric = metric.Id, Account = account, Viewer = viewer }, ct);
        var command = RowCommand(session, CommitmentSort.OpenedAt, descending: false, 0, 1);
        command.Parameters["commitment_key"].Value = commitmentKey;
        return (await ToListAsync(session, command, ct)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<CommitmentGroup>> CommitmentGroupsAsync(MetricSession session, Dimension? by, CancellationToken ct)
    {
        var command = session.Command(Values);
        command.Parameters.AddWithValue("by", NpgsqlTypes.NpgsqlDbType.Text, (object?)by?.ToString().ToLowerInvariant() ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var groups = new List<CommitmentGroup>();
        while (await reader.ReadAsync(ct)) groups.Add(CommitmentValueReader.Read(reader, session.CommitmentMetric, session.AsOf, by));
        return groups;
    }

    // What depends on the period's ends is asked anew for each month: the months' rows are no parts of the year's.
    private async Task<IReadOnlyList<MeasureGroup>> MonthByMonthAsync(MetricQuery query, CancellationToken ct)
    {
        var months = new List<MeasureGroup>();
        foreach (var month in query.Period.Months()) months.Add(new MeasureGroup(month.Label, month.Label, await MeasureAsync(query with { Period = month }, ct)));
        return months;
    }

    private static NpgsqlCommand RowCommand(MetricSession session, CommitmentSort sort, bool descending, int offset, int? limit) =>
        RowCommand(session, FactTable.Snake(sort.ToString()), descending, offset, limit, null);

    private static NpgsqlCommand RowCommand(MetricSession session, string sort, bool descending, int offset, int? limit, RowPlace? after)
    {
        var command = session.Command(Rows);
        RowPlace.Bind(command, after);
        command.Parameters.AddWithValue("sort", sort);
        command.Parameters.AddWithValue("descending", descending);
        command.Parameters.AddWithValue("waiting_only", false);
        command.Parameters.AddWithValue("skip", (long)offset);
        command.Parameters.AddWithValue("take", NpgsqlTypes.NpgsqlDbType.Bigint, (object?)limit ?? DBNull.Value);
        command.Parameters.Add(new NpgsqlParameter("commitment_key", NpgsqlTypes.NpgsqlDbType.Text) { Value = DBNull.Value });
        return command;
    }

    private static async IAsyncEnumerable<CommitmentRow> StreamAsync(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return CommitmentRowReader.Read(reader);
    }

    private static async Task<List<CommitmentRow>> ToListAsync(MetricSession session, NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<CommitmentRow>();
        while (await reader.ReadAsync(ct)) rows.Add(CommitmentRowReader.Read(reader));
        return rows;
    }
}
