using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Dashboard.Commitments;

/// <summary>One commitment: how it stands and why, down to the record of the source that each contact or fact came from.</summary>
internal static class CommitmentEndpoint
{
    private static readonly string RecordSql = SqlText.Read(typeof(CommitmentEndpoint), "Commitments/SourceRecord.sql");

    internal static void MapCommitment(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(CommitmentPath.Route, ShowAsync);
        pages.MapGet(CommitmentPath.Route + "/record/{fact}/{source}", RecordAsync);
    }

    private static async Task<IResult> ShowAsync(
        PageFrame frame, MetricReader metrics, NpgsqlDataSource db, string kind, string account, string key, CancellationToken cancellation)
    {
        if (await FindAsync(frame, metrics, kind, account, key, cancellation) is not { } row) return Results.NotFound();
        var isAnswer = row.Kind == MetricCatalogue.Respond24H.Kind;
        var evidence = isAnswer ? await Evidence.ReadAsync(db, row.Kind, row.Account, row.CommitmentKey, frame.Now, cancellation) : [];
        return Screen.Of<CommitmentScreen>(new CommitmentModel
        {
            Frame = frame,
            Row = row,
            Evidence = [.. evidence.Take(Evidence.Most)],
            Facts = isAnswer ? [] : await FactEvidence.ReadAsync(db, row, cancellation),
            IsCut = evidence.Count > Evidence.Most,
            DueNextBusinessDay = isAnswer ? await NextBusinessDayAsync(db, row, cancellation) : null,
        });
    }

    // The viewer's scope is in the look-up of the commitment: a record is shown only beside one that may be seen.
    private static async Task<IResult> RecordAsync(
        PageFrame frame, MetricReader metrics, NpgsqlDataSource db, KeptFiles files,
        string kind, string account, string key, string fact, string source, CancellationToken cancellation)
    {
        if (FactTable.Find(fact) is not { HasAccount: true } table || CommitmentPath.Decode(source) is not { } record) return Results.NotFound();
        if (await FindAsync(frame, metrics, kind, account, key, cancellation) is not { } row) return Results.NotFound();
        await using var command = db.CreateCommand(RecordSql.Replace("{fact}", table.Name, StringComparison.Ordinal));
        command.Parameters.AddWithValue(AccountId.Of(row.Account));
        command.Parameters.AddWithValue(record);
        await using var found = await command.ExecuteReaderAsync(cancellation);
        if (!await found.ReadAsync(cancellation)) return Results.NotFound();
        return Screen.Of<SourceRecord>(await SourceRecordModel.ReadAsync(files, found, frame.Who, cancellation));
    }

    private static async Task<CommitmentRow?> FindAsync(
        PageFrame frame, MetricReader metrics, string kind, string account, string key, CancellationToken cancellation) =>
        CommitmentPath.Decode(kind) is { } k && CommitmentPath.Decode(account) is { } a && CommitmentPath.Decode(key) is { } c
            ? await metrics.FindAsync(frame.Viewer, k, a, c, cancellation)
            : null;

    private static async Task<DateTimeOffset?> NextBusinessDayAsync(NpgsqlDataSource db, CommitmentRow row, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(
            "select due_next_business_day from commitment where account_id = $1 and kind = $2 and commitment_key = $3");
        command.Parameters.AddWithValue(AccountId.Of(row.Account));
        command.Parameters.AddWithValue(row.Kind);
        command.Parameters.AddWithValue(row.CommitmentKey);
        await using var found = await command.ExecuteReaderAsync(cancellation);
        return await found.ReadAsync(cancellation) ? await found.GetFieldValueAsync<DateTimeOffset?>(0, cancellation) : null;
    }
}
