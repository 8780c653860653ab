using System.Runtime.CompilerServices;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Metrics;

/// <summary>
/// Answers every question about figures and the rows behind them. All answers share one predicate, so a figure and its rows agree;
/// the viewer's scope is part of it. Serves one question at a time; dispose it after the last, since it keeps the earlier moment it was
/// asked about, which costs seconds to derive.
/// </summary>
public sealed class MetricReader(NpgsqlDataSource db, TimeProvider clock) : IAsyncDisposable
{
    private static readonly string Scoped = SqlText.Read(typeof(MetricReader), "Metrics/Scoped.sql");
    private static readonly string Values = Scoped + SqlText.Read(typeof(MetricReader), "Metrics/Values.sql");
    private static readonly string Rows = Scoped + SqlText.Read(typeof(MetricReader), "Metrics/Rows.sql");
    private static readonly string CountRows = Scoped + "select count(*) from scoped where @status::text is null or status = @status";

    private AsKnown? _moment;

    /// <summary>Leaves the earlier moment it was asked about.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_moment is not null) await _moment.DisposeAsync();
        _moment = null;
    }

    /// <summary>The figure over everything asked for. Null with a reason when nothing can be said.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public async Task<MetricValue> ValueAsync(MetricQuery query, CancellationToken ct)
    {
        var groups = await GroupedAsync(query, null, ct);
        return groups.Count > 0 ? groups[0].Value : MetricValueReader.Nothing(DefinitionOf(query), AsOf(query), query.AsOf is not null);
    }

    /// <summary>The figure by group: months in their order, other groups by how many cases they rest on.</summary>
    public Task<IReadOnlyList<MetricGroup>> GroupsAsync(MetricQuery query, Dimension by, CancellationToken ct) => GroupedAsync(query, by, ct);

    /// <summary>One page of the rows behind the figure, and their exact number.</summary>
    public async Task<CommitmentPage> RowsAsync(
        MetricQuery query, CommitmentSort sort, bool descending, int offset, int limit, CancellationToken ct)
    {
        await using var session = await OpenAsync(query, ct);
        var total = (long)(await session.Command(CountRows).ExecuteScalarAsync(ct))!;
        var rows = await ToListAsync(session, RowCommand(session, sort, descending, offset, limit), ct);
        return new CommitmentPage(rows, total);
    }

    /// <summary>Every row behind the figure, streamed.</summary>
    public async IAsyncEnumerable<CommitmentRow> AllRowsAsync(
        MetricQuery query, CommitmentSort sort, bool descending, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var session = await OpenAsync(query, ct);
        await using var reader = await RowCommand(session, sort, descending, 0, null).ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return CommitmentRowReader.Read(reader);
    }

    /// <summary>Who is still waiting: first what can still be kept, by its due time, then what was missed most recently.</summary>
    public async Task<CommitmentPage> WaitingAsync(MetricQuery query, int limit, CancellationToken ct)
    {
        await using var session = await OpenAsync(query with { Status = null }, ct);
        var total = (long)(await session.Command(Scoped + "select count(*) from scoped where waiting").ExecuteScalarAsync(ct))!;
        var command = RowCommand(session, CommitmentSort.Urgency, descending: false, 0, limit);
        command.Parameters["waiting_only"].Value = true;
        return new CommitmentPage(await ToListAsync(session, command, ct), total);
    }

    /// <summary>One commitment; null when there is none, or none that the viewer may see.</summary>
    public async Task<CommitmentRow?> FindAsync(Viewer viewer, string kind, string account, string commitmentKey, CancellationToken ct)
    {
        if (MetricCatalogue.All.FirstOrDefault(m => m.Kind == kind) is not { } metric) return null;
        await using var session = await OpenAsync(new MetricQuery { Metric = metric.Id, Account = account, Viewer = viewer }, ct);
        var command = RowCommand(session, CommitmentSort.OpenedAt, descending: false, 0, 1);
        command.Parameters["commitment_key"].Value = commitmentKey;
        return (await ToListAsync(session, command, ct)).SingleOrDefault();
    }

    private async Task<IReadOnlyList<MetricGroup>> GroupedAsync(MetricQuery query, Dimension? by, CancellationToken ct)
    {
        await using var session = await OpenAsync(query, ct);
        var command = session.Command(Values);
        command.Parameters.AddWithValue("by", NpgsqlTypes.NpgsqlDbType.Text, (object?)by?.ToString().ToLowerInvariant() ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var groups = new List<MetricGroup>();
        while (await reader.ReadAsync(ct)) groups.Add(MetricValueReader.Read(reader, session.Definition, session.AsOf, by));
        return groups;
    }

    private async Task<MetricSession> OpenAsync(MetricQuery query, CancellationToken ct)
    {
        if (query.AsOf is null) return await MetricSession.OpenAsync(db, query, DefinitionOf(query), AsOf(query), ct);
        var account = query.Account is null ? (long?)null : AccountId.Of(query.Account);
        if (_moment is null || _moment.At != AsOf(query) || (_moment.Account is not null && _moment.Account != account))
        {
            await DisposeAsync();
            _moment = await AsKnown.EnterAsync(db, AsOf(query), account, ct);
        }
        return await MetricSession.OpenAsync(db, _moment, query, DefinitionOf(query), ct);
    }

    private DateTimeOffset AsOf(MetricQuery query) => (query.AsOf ?? clock.GetUtcNow()).ToUniversalTime();

    private static MetricDefinition DefinitionOf(MetricQuery query) => MetricCatalogue.Find(query.Metric)
        ?? throw new ArgumentException($"There is no metric '{query.Metric}'; expected one of {string.Join(", ", MetricCatalogue.All.Select(m => m.Id))}.", nameof(query));

    private static NpgsqlCommand RowCommand(MetricSession session, CommitmentSort sort, bool descending, int offset, int? limit)
    {
        var command = session.Command(Rows);
        command.Parameters.AddWithValue("sort", FactTable.Snake(sort.ToString()));
        command.Parameters.AddWithValue("descending", descending);
        command.Parameters.AddWithValue("waiting_only", false);
        command.Parameters.AddWithValue("skip", (long)offset);
        command.Parameters.AddWithValue("take", NpgsqlTypes.NpgsqlDbType.Bigint, (object?)limit ?? DBNull.Value);
        command.Parameters.Add(new NpgsqlParameter("commitment_key", NpgsqlTypes.NpgsqlDbType.Text) { Value = DBNull.Value });
        return command;
    }

    private static async Task<List<CommitmentRow>> ToListAsync(MetricSession session, NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<CommitmentRow>();
        while (await reader.ReadAsync(ct)) rows.Add(CommitmentRowReader.Read(reader));
        return rows;
    }
}
