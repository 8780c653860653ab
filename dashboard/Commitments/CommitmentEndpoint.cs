using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Dashboard.Commitments;

/// <summary>One commitment: how it stands and why, down to the record of the source that each contact came from.</summary>
internal static class CommitmentEndpoint
{
    private static readonly string RecordSql = SqlText.Read(typeof(CommitmentEndpoint), "Commitments/SourceRecord.sql");

    internal static void MapCommitment(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(CommitmentPath.Route, ShowAsync);
        pages.MapGet(CommitmentPath.Route + "/record/{interaction}", RecordAsync);
    }

    private static async Task<IResult> ShowAsync(
        PageFrame frame, MetricReader metrics, NpgsqlDataSource db, string kind, string account, string key, CancellationToken cancellation)
    {
        if (await FindAsync(frame, metrics, kind, account, key, cancellation) is not { } row) return Results.NotFound();
        var evidence = await Evidence.ReadAsync(db, row.Kind, row.Account, row.CommitmentKey, frame.Now, cancellation);
        return Screen.Of<CommitmentScreen>(new CommitmentModel
        {
            Frame = frame,
            Row = row,
            Evidence = [.. evidence.Take(Evidence.Most)],
            IsCut = evidence.Count > Evidence.Most,
            DueNextBusinessDay = await NextBusinessDayAsync(db, row, cancellation),
        });
    }

    // The viewer's scope is in the look-up of the commitment: a record is shown only beside one that may be seen.
    private static async Task<IResult> RecordAsync(
        PageFrame frame, MetricReader metrics, NpgsqlDataSource db, KeptFiles files,
        string kind, string account, string key, string interaction, CancellationToken cancellation)
    {
        if (CommitmentPath.Decode(interaction) is not { } contact) return Results.NotFound();
        if (await FindAsync(frame, metrics, kind, account, key, cancellation) is not { } row) return Results.NotFound();
        await using var command = db.CreateCommand(RecordSql);
        command.Parameters.AddWithValue(AccountId.Of(row.Account));
        command.Parameters.AddWithValue(contact);
        await using var source = await command.ExecuteReaderAsync(cancellation);
        if (!await source.ReadAsync(cancellation)) return Results.NotFound();
        var text = await files.ReadRecordAsync(source.GetString(0), source.GetInt64(1), cancellation);
        return Screen.Of<SourceRecord>(new SourceRecordModel(text, source.GetString(2), source.GetInt64(1), source.GetString(0)));
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

/// <summary>A record as its source wrote it.</summary>
/// <param name="Text">The record; null when this machine has no copy of the file.</param>
/// <param name="File">Name of the file as received.</param>
/// <param name="Line">Line at which it begins.</param>
/// <param name="Sha256">Hash of the file, hexadecimal.</param>
public sealed record SourceRecordModel(string? Text, string File, long Line, string Sha256);
