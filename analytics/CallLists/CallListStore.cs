using Followthrough.Analytics.Churn;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.CallLists;

/// <summary>Makes call lists and reads them.</summary>
public sealed class CallListStore(NpgsqlDataSource db, TimeProvider clock)
{
    // Who is on a list that nobody closed in so long is free for another one.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly string Make = CurrentOwners.Into(SqlText.Read(typeof(CallListStore), "CallLists/Make.sql"));
    private static readonly string Lists = InSight(SqlText.Read(typeof(CallListStore), "CallLists/Lists.sql"), "a");
    private static readonly string Rows = InSight(SqlText.Read(typeof(CallListStore), "CallLists/Rows.sql"), "l");

    /// <summary>Makes a list from the newest scoring; its number. Who is asked to be called counts as treated from then on.</summary>
    /// <exception cref="ChurnException">Nothing has been scored yet.</exception>
    public Task<long> MakeAsync(CallListRequest request, CancellationToken ct) => MakeAsync(request, null, ct);

    /// <summary>Closes a list: its customers are free for others. False when it was closed before, or there is none.</summary>
    public async Task<bool> CloseAsync(long list, string by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await CloseAsync(connection, list, by, ct);
    }

    /// <summary>The newest lists that a viewer may see.</summary>
    public async Task<IReadOnlyList<CallList>> AllAsync(Viewer viewer, int limit, CancellationToken ct) => await ReadAsync(viewer, null, limit, ct);

    /// <summary>The list of that number; null when there is none that the viewer may see.</summary>
    public async Task<CallList?> FindAsync(Viewer viewer, long list, CancellationToken ct) => (await ReadAsync(viewer, list, 1, ct)).SingleOrDefault();

    /// <summary>The customers that a list asks to call and the viewer may see, in the order of calling.</summary>
    /// <param name="viewer">For whom the list was found.</param>
    /// <param name="list">The list, as it was found for him.</param>
    /// <param name="account">Source key of the one account; null for all.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<IReadOnlyList<CallListRow>> RowsAsync(Viewer viewer, CallList list, string? account, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Rows);
        command.Parameters.AddWithValue("list", list.Id);
        command.Parameters.AddWithValue("account", NpgsqlDbType.Text, (object?)account ?? DBNull.Value);
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        command.Parameters.AddWithValue("whole", list.IsWhole);
        Bind(command, viewer);
        await using var row = await command.ExecuteReaderAsync(ct);
        var rows = new List<CallListRow>();
        while (await row.ReadAsync(ct)) rows.Add(CallListRow.Read(row));
        return rows;
    }

    /// <summary>Makes the next of every list that is made weekly and closes the one before; how many were made.</summary>
    public async Task<int> RepeatAsync(string by, CancellationToken ct)
    {
        var due = (await ReadAsync(Viewer.Everything(by), null, int.MaxValue, ct)).Where(list => list is { Request.Weekly: true, ClosedAt: null }).ToList();
        foreach (var list in due) await MakeAsync(list.Request with { MadeBy = by }, list.Id, ct);
        return due.Count;
    }

    private async Task<long> MakeAsync(CallListRequest request, long? replaced, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.Capacity, CallListRequest.MostCalls);
        ArgumentOutOfRangeException.ThrowIfNegative(request.QuietDays);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.QuietDays, CallListRequest.MostQuietDays);
        var scoring = await new ChurnScores(db).LatestAsync(ct) ?? throw new ChurnException("Nothing has been scored yet: run 'analytics train', then 'analytics score'.");
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // One at a time: two lists made at once must not both ask for the same customer.
        await using (var gate = new NpgsqlCommand("lock table call_list in share row exclusive mode", connection)) await gate.ExecuteNonQueryAsync(ct);
        var now = clock.GetUtcNow();
        if (replaced is { } before) await CloseAsync(connection, before, request.MadeBy, ct);
        var id = await BeginAsync(connection, request, scoring.Id, now, ct);
        await FillAsync(connection, request, scoring, id, now, ct);
        await TreatAsync(connection, id, ct);
        await transaction.CommitAsync(ct);
        return id;
    }

    private async Task<bool> CloseAsync(NpgsqlConnection connection, long list, string by, CancellationToken ct)
    {
        await using var close = new NpgsqlCommand("update call_list set closed_at = $2, closed_by = $3 where call_list_id = $1 and closed_at is null", connection)
        {
            Parameters = { new() { Value = list }, new() { Value = clock.GetUtcNow() }, new() { Value = by } },
        };
        return await close.ExecuteNonQueryAsync(ct) == 1;
    }

    private async Task<IReadOnlyList<CallList>> ReadAsync(Viewer viewer, long? list, int limit, CancellationToken ct)
    {
        await using var command = db.CreateCommand(Lists);
        command.Parameters.AddWithValue("list", NpgsqlDbType.Bigint, (object?)list ?? DBNull.Value);
        command.Parameters.AddWithValue("limit", (long)limit);
        Bind(command, viewer);
        await using var row = await command.ExecuteReaderAsync(ct);
        var lists = new List<CallList>();
        while (await row.ReadAsync(ct)) lists.Add(ListOf(row));
        return lists;
    }

    private static void Bind(NpgsqlCommand command, Viewer viewer)
    {
        command.Parameters.AddWithValue("teams", NpgsqlDbType.Array | NpgsqlDbType.Text, (object?)viewer.Teams?.ToArray() ?? DBNull.Value);
        command.Parameters.AddWithValue("staff", NpgsqlDbType.Text, (object?)viewer.Staff ?? DBNull.Value);
    }

    // The customers of a list that somebody sees who does not see all of it: his own, or those of his teams' people.
    private static string InSight(string sql, string account) => sql.Replace("{in_sight}", $"""
        ({account}.owner_key = @staff or {account}.owner_key in (select staff_key from team_membership where team_key = any (@teams) and not deleted)) is true
        """, StringComparison.Ordinal);

    private static async Task<long> BeginAsync(NpgsqlConnection connection, CallListRequest request, long scoring, DateTimeOffset now, CancellationToken ct)
    {
        await using var begin = new NpgsqlCommand("""
            insert into call_list (made_at, made_by, scoring_id, team_key, staff_key, capacity, quiet_days, weekly)
            values (@now, @by, @scoring, @team, @staff, @capacity, @quiet, @weekly)
            returning call_list_id
            """, connection);
        begin.Parameters.AddWithValue("now", now);
        begin.Parameters.AddWithValue("by", request.MadeBy);
        begin.Parameters.AddWithValue("scoring", scoring);
        begin.Parameters.AddWithValue("team", NpgsqlDbType.Text, (object?)request.Team ?? DBNull.Value);
        begin.Parameters.AddWithValue("staff", NpgsqlDbType.Text, (object?)request.Staff ?? DBNull.Value);
        begin.Parameters.AddWithValue("capacity", request.Capacity);
        begin.Parameters.AddWithValue("quiet", request.QuietDays);
        begin.Parameters.AddWithValue("weekly", request.Weekly);
        return (long)(await begin.ExecuteScalarAsync(ct))!;
    }

    private static async Task FillAsync(NpgsqlConnection connection, CallListRequest request, Scoring scoring, long id, DateTimeOffset now, CancellationToken ct)
    {
        await using var fill = new NpgsqlCommand(Make, connection) { CommandTimeout = 0 };
        fill.Parameters.AddWithValue("list", id);
        fill.Parameters.AddWithValue("scoring", scoring.Id);
        fill.Parameters.AddWithValue("by_value", scoring.Basis == ListBasis.Model);
        fill.Parameters.AddWithValue("team", NpgsqlDbType.Text, (object?)request.Team ?? DBNull.Value);
        fill.Parameters.AddWithValue("staff", NpgsqlDbType.Text, (object?)request.Staff ?? DBNull.Value);
        fill.Parameters.AddWithValue("capacity", request.Capacity);
        fill.Parameters.AddWithValue("now", now);
        fill.Parameters.AddWithValue("quiet_since", now.AddDays(-request.QuietDays));
        fill.Parameters.AddWithValue("listed_since", now - Kept);
        await fill.ExecuteNonQueryAsync(ct);
    }

    // Whether the call is made in the end or not: who was chosen for it must not be compared with who was not as if by chance.
    private static async Task TreatAsync(NpgsqlConnection connection, long id, CancellationToken ct)
    {
        await using var treat = new NpgsqlCommand("""
            insert into churn_treatment (account_id, treated_at, treatment, treatment_key)
            select account_id, made_at, 'called', 'call_list/' || call_list_id from call_list_account join call_list using (call_list_id)
            where call_list_id = $1 and fate = 'call'
            """, connection) { Parameters = { new() { Value = id } } };
        await treat.ExecuteNonQueryAsync(ct);
    }

    private static CallList ListOf(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        MadeAt = row.GetFieldValue<DateTimeOffset>(1),
        Request = new CallListRequest
        {
            MadeBy = row.GetString(2),
            Team = row.IsDBNull(7) ? null : row.GetString(7),
            Staff = row.IsDBNull(8) ? null : row.GetString(8),
            Capacity = row.GetInt32(9),
            QuietDays = row.GetInt32(10),
            Weekly = row.GetBoolean(11),
        },
        ScoringId = row.GetInt64(3),
        ScoredAt = row.GetFieldValue<DateTimeOffset>(4),
        Basis = Enum.Parse<ListBasis>(row.GetString(5), ignoreCase: true),
        BasisReason = row.GetString(6),
        Whose = row.IsDBNull(12) ? null : row.GetString(12),
        ClosedAt = row.IsDBNull(13) ? null : row.GetFieldValue<DateTimeOffset>(13),
        Calls = row.GetInt64(14),
        Done = row.GetInt64(15),
        HeldOut = row.GetInt64(16),
        NotReached = row.GetInt64(17),
        Suppressed = ChurnJson.Read<Dictionary<string, long>>(row.GetString(18)),
        Model = (row.GetInt64(19), row.GetString(20)),
        IsWhole = row.GetBoolean(21),
    };
}
