using System.Runtime.CompilerServices;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Rollups;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Metrics;

/// <summary>Answers questions about commitments: counts from the roll-ups where they can answer, anything else from the ledger, by one predicate.</summary>
internal static class CommitmentReader
{
    private const string Ledger = "from commitment c\n";

    private static readonly string Scoped = Read("Scoped");
    private static readonly string Values = Read("Values");
    private static readonly string Listed = Read("Listed");
    private static readonly string RowsOfLedger = Read("Rows");
    private static readonly string RowsOfEditions = SqlText.Read(typeof(Closed), "Editions/ClosedRows.sql");
    private static readonly string Rows = Scoped + Listed + RowsOfLedger;
    private static readonly string Count = Listed + "select count(*) from listed";
    private static readonly string Standings = Listed + Read("Standings");
    private static readonly string CountWaiting = Scoped + "select count(*) from scoped where waiting";
    private static readonly string FirstWaiting = Rows.Replace(Ledger, $"from ({Read("Waiting")}) c\n", StringComparison.Ordinal);

    public static async Task<IReadOnlyList<CommitmentGroup>> GroupsAsync(MetricSession session, Dimension? by, CancellationToken ct)
    {
        if (session.HasRollups && RollupReader.CanAnswer(session.Query, by)) return await RollupReader.GroupsAsync(session, by, ct);
        await using var command = session.Command(ScopeOf(session) + Values);
        command.Parameters.AddWithValue("with_durations", session.Query.WithDurations);
        command.Parameters.AddWithValue("by", NpgsqlDbType.Text, (object?)by?.ToString().ToLowerInvariant() ?? DBNull.Value);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await CommitmentValueReader.ReadAsync(reader, session, by, ct);
    }

    /// <summary>How many rows there are.</summary>
    public static async Task<long> CountAsync(MetricSession session, CancellationToken ct)
    {
        // The durations, which are not counted here, are no reason to count the ledger.
        if (session is { HasRollups: true, Query.Lasted: null } && RollupReader.CanAnswer(session.Query with { WithDurations = false }, null))
            return await RollupReader.CountAsync(session, session.Query.Status, ct);
        await using var count = session.Command(ScopeOf(session) + Count);
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }

    public static IAsyncEnumerable<CommitmentRow> RowsAsync(MetricSession session, CommitmentSort sort, bool descending, int offset, int? limit, CancellationToken ct) =>
        StreamAsync(Command(session, RowsOf(session), CommitmentOrder.By(sort, descending), offset, limit, null), ct);

    public static IAsyncEnumerable<CommitmentRow> AfterAsync(MetricSession session, RowPlace? after, int limit, CancellationToken ct) =>
        StreamAsync(Command(session, RowsOf(session), CommitmentOrder.ByKey, after?.Ties ?? 0, limit, after), ct);

    /// <summary>
    /// What the session's transaction lists from here on comes as an index has it: of a million rows the first is there at once, and none
    /// of them waits on disk to be sorted.
    /// </summary>
    public static async Task InOrderOfIndexAsync(MetricSession session, CancellationToken ct)
    {
        await using var prefer = session.Command("set local enable_sort = off");
        prefer.Parameters.Clear();
        await prefer.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Where each of them stands, in no order: a tenth of what its row costs.</summary>
    public static async IAsyncEnumerable<CommitmentStanding> StandingsAsync(MetricSession session, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = session.Command(ScopeOf(session) + Standings);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            yield return new CommitmentStanding(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4));
    }

    public static async Task<CommitmentPage> WaitingAsync(MetricSession session, int limit, CancellationToken ct)
    {
        var urgent = CommitmentOrder.By(CommitmentSort.Urgency, descending: false);
        // Of a narrowed list the ledger is searched; without filters the most urgent are the first that the open ones' index has.
        await using var command = Command(session, IsNarrowed(session.Query) ? Rows : FirstWaiting, urgent, 0, limit, null);
        command.Parameters["waiting_only"].Value = true;
        var rows = await StreamAsync(command, ct).ToListAsync(ct);
        return new CommitmentPage(rows, await CountWaitingAsync(session, ct));
    }

    public static async Task<CommitmentRow?> FindAsync(MetricSession session, string commitmentKey, CancellationToken ct)
    {
        var command = Command(session, Rows, CommitmentOrder.ByKey, 0, 1, null);
        command.Parameters["commitment_key"].Value = commitmentKey;
        return await StreamAsync(command, ct).SingleOrDefaultAsync(ct);
    }

    /// <summary>The predicate: which commitments a question is about, from wherever it is answered.</summary>
    public static string ScopeOf(MetricSession session) => session.Closed is null ? Scoped : Closed.Commitments;

    /// <summary>A statement over the question's rows: <c>listed</c> as the ledger has them, <c>shown</c> as lists show them.</summary>
    public static NpgsqlCommand OverRows(MetricSession session, string before, string after) =>
        Command(session, $"{before}\n{Scoped}{Listed}, shown as (\n{RowsOfLedger}\n)\n{after}", CommitmentOrder.ByKey, 0, null, null);

    private static string RowsOf(MetricSession session) => ScopeOf(session) + Listed + (session.Closed is null ? RowsOfLedger : RowsOfEditions);

    private static async Task<long> CountWaitingAsync(MetricSession session, CancellationToken ct)
    {
        // What nobody answered never ends otherwise than by an answer; other kinds' commitments may.
        if (session.HasRollups && session.CommitmentMetric.Kind == MetricCatalogue.Respond24H.Kind && RollupReader.CanAnswer(session.Query, null))
            return await RollupReader.GroupsAsync(session, null, ct) is [var all] ? all.Value.Pending + all.Value.NeverAnswered : 0;
        await using var count = session.Command(CountWaiting);
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }

    private static bool IsNarrowed(MetricQuery query) =>
        query is not { Team: null, Staff: null, Account: null, Region: null, Segment: null, Channel: null } || query.Period != Period.Always;

    private static NpgsqlCommand Command(MetricSession session, string rows, string order, int offset, int? limit, RowPlace? after)
    {
        var command = session.Command(rows.Replace("{order}", order, StringComparison.Ordinal));
        RowPlace.Bind(command, after);
        command.Parameters.AddWithValue("waiting_only", false);
        command.Parameters.AddWithValue("skip", (long)offset);
        command.Parameters.AddWithValue("take", NpgsqlDbType.Bigint, (object?)limit ?? DBNull.Value);
        command.Parameters.Add(new NpgsqlParameter("commitment_key", NpgsqlDbType.Text) { Value = DBNull.Value });
        return command;
    }

    private static async IAsyncEnumerable<CommitmentRow> StreamAsync(NpgsqlCommand command, [EnumeratorCancellation] CancellationToken ct)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) yield return CommitmentRowReader.Read(reader);
        }
    }

    private static string Read(string file) => SqlText.Read(typeof(CommitmentReader), $"Metrics/{file}.sql");
}
