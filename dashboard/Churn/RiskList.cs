using System.Runtime.CompilerServices;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Accounts;
using Followthrough.Dashboard.Filters;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Dashboard.Churn;

/// <summary>Which accounts of a scoring are asked for, for whom, and in which order.</summary>
internal sealed record RiskQuestion
{
    public required long Scoring { get; init; }
    public required Viewer Viewer { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required AccountFilter Filter { get; init; }
    public string? Team { get; init; }

    /// <summary>Source key of one account; null for all.</summary>
    public string? Account { get; init; }

    /// <summary>Null for the order of the keys, which alone can go on after one.</summary>
    public RiskOrder? Order { get; init; }

    public bool Descending { get; init; }

    /// <summary>The key that a page follows; null for the first.</summary>
    public string? After { get; init; }

    public int Skip { get; init; }

    /// <summary>Null for all.</summary>
    public int? Take { get; init; }
}

/// <summary>Reads the risk list: what the viewer may see and nothing else, decided in the statement.</summary>
internal static class RiskList
{
    private static readonly string Sql = AccountParts.Read("Churn/Risks.sql");

    internal static async Task<(IReadOnlyList<RiskLine> Lines, RiskTotals Totals)> ReadAsync(NpgsqlDataSource db, RiskQuestion asked, CancellationToken ct)
    {
        var lines = new List<RiskLine>();
        var totals = RiskTotals.None;
        await UseAsync(db, asked, async (all, rows) =>
        {
            totals = all;
            await foreach (var line in rows) lines.Add(line);
        }, ct);
        return (lines, totals);
    }

    /// <summary>Gives the totals and the rows of one snapshot, without keeping the rows.</summary>
    internal static async Task UseAsync(NpgsqlDataSource db, RiskQuestion asked, Func<RiskTotals, IAsyncEnumerable<RiskLine>, Task> use, CancellationToken ct)
    {
        await using var command = Command(db, asked);
        await using var row = await command.ExecuteReaderAsync(ct);
        var any = await row.ReadAsync(ct);
        await use(any ? RiskTotals.Read(row) : RiskTotals.None, RowsAsync(row, any, ct));
    }

    private static async IAsyncEnumerable<RiskLine> RowsAsync(NpgsqlDataReader row, bool any, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var more = any; more; more = await row.ReadAsync(ct)) yield return RiskLine.Read(row);
    }

    private static NpgsqlCommand Command(NpgsqlDataSource db, RiskQuestion asked)
    {
        var command = db.CreateCommand(Sql);
        AccountScope.Bind(command, asked.Viewer);
        asked.Filter.Bind(command, asked.Team);
        var p = command.Parameters;
        p.AddWithValue("scoring", asked.Scoring);
        p.AddWithValue("account", NpgsqlDbType.Text, (object?)asked.Account ?? DBNull.Value);
        p.AddWithValue("now", asked.Now);
        p.AddWithValue("order", asked.Order is { } order ? PageQuery.Word(order) : "key");
        p.AddWithValue("descending", asked.Descending);
        p.AddWithValue("after", NpgsqlDbType.Text, (object?)asked.After ?? DBNull.Value);
        p.AddWithValue("skip", (long)asked.Skip);
        p.AddWithValue("take", NpgsqlDbType.Bigint, (object?)asked.Take ?? DBNull.Value);
        return command;
    }
}
