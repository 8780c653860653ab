using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Commitments;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>One fact of a customer: its values, since when it is known, and the record of the source it came from.</summary>
internal static class RecordEndpoint
{
    private static readonly string RecordSql = SqlText.Read(typeof(RecordEndpoint), "Data/Record.sql");
    private static readonly string SourceSql = SqlText.Read(typeof(RecordEndpoint), "Commitments/SourceRecord.sql");

    internal static void MapRecord(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(RecordPath.Route, ShowAsync);
        pages.MapGet(RecordPath.Route + "/source", SourceAsync);
    }

    private static async Task<IResult> ShowAsync(
        PageFrame frame, NpgsqlDataSource db, string fact, string account, string key, CancellationToken cancellation) =>
        await FindAsync(frame.Viewer, db, fact, account, key, cancellation) is { } found
            ? Screen.Of<RecordPage>(new RecordModel(frame, found.Account, found.Fact, await RecordChange.ReadAsync(db, found.Account, found.Fact, frame.Zone, cancellation)))
            : Results.NotFound();

    private static async Task<IResult> SourceAsync(
        PageFrame frame, NpgsqlDataSource db, KeptFiles files, string fact, string account, string key, CancellationToken cancellation)
    {
        if (await FindAsync(frame.Viewer, db, fact, account, key, cancellation) is not { } record) return Results.NotFound();
        await using var command = Command(db, SourceSql, record.Fact.Table, record.Account, record.Fact.Key);
        await using var found = await command.ExecuteReaderAsync(cancellation);
        if (!await found.ReadAsync(cancellation)) return Results.NotFound();
        return Screen.Of<SourceRecord>(await SourceRecordModel.ReadAsync(files, found, frame.Who, cancellation));
    }

    // Facts carry no team of their own: whose the customer is decides.
    private static async Task<(string Account, FactEvidence Fact)?> FindAsync(
        Viewer viewer, NpgsqlDataSource db, string fact, string account, string key, CancellationToken cancellation)
    {
        if (FactTable.Find(fact) is not { HasAccount: true } table) return null;
        if (CommitmentPath.Decode(account) is not { } a || CommitmentPath.Decode(key) is not { } k) return null;
        if (await AccountScope.NameAsync(db, viewer, a, cancellation) is null) return null;
        await using var command = Command(db, RecordSql, table.Name, a, k);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (a, FactEvidence.Read(row)) : null;
    }

    private static NpgsqlCommand Command(NpgsqlDataSource db, string sql, string table, string account, string key)
    {
        var command = db.CreateCommand(sql.Replace("{fact}", table, StringComparison.Ordinal));
        command.Parameters.AddWithValue(AccountId.Of(account));
        command.Parameters.AddWithValue(key);
        return command;
    }
}

/// <summary>What the page of one fact draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Account">Source key of the account.</param>
/// <param name="Fact">The fact and where it came from.</param>
/// <param name="Changes">What was otherwise before, the newest change first.</param>
public sealed record RecordModel(PageFrame Frame, string Account, FactEvidence Fact, IReadOnlyList<RecordChange> Changes);
