using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Replaying;
using Npgsql;

namespace Followthrough.Dashboard.Data;

/// <summary>What could not be taken in: why, what it was, and trying it again, as it came or corrected by hand.</summary>
internal static class QuarantineEndpoint
{
    internal const string Path = DataEndpoint.Path + "/quarantine";
    internal const string ReplayPath = Path + "/replay";

    internal static void MapQuarantine(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, ListAsync);
        pages.MapGet(Path + "/{id:long}", ShowAsync);
        pages.MapPost(Path + "/{id:long}", CorrectAsync).Needs(Right.Mend);
        pages.MapGet(Path + "/{id:long}/record", RecordAsync);
        pages.MapGet(ReplayPath, AskAsync).Needs(Right.Mend);
        pages.MapPost(ReplayPath, ReplayAsync).Needs(Right.Mend);
    }

    /// <summary>The page of one rejected record.</summary>
    internal static string PathOf(long id) => FormattableString.Invariant($"{Path}/{id}");

    private static async Task<IResult> ListAsync(PageFrame frame, NpgsqlDataSource db, bool? all, string? reason, long? batch, CancellationToken cancellation)
    {
        var scope = new RejectedScope(all == true, reason, batch);
        return Screen.Of<QuarantinePage>(new QuarantineModel(
            frame, scope, await ReasonCount.ReadAsync(db, scope, cancellation), await Rejected.ReadAsync(db, scope, DataEndpoint.Offset(frame), cancellation)));
    }

    private static async Task<IResult> ShowAsync(PageFrame frame, NpgsqlDataSource db, OwnMappings own, long id, CancellationToken cancellation) =>
        await RejectedRecord.FindAsync(db, own, id, cancellation) is { } found ? Screen.Of<RejectedPage>(new RejectedModel(frame, found, null, [])) : Results.NotFound();

    private static async Task<IResult> CorrectAsync(PageFrame frame, NpgsqlDataSource db, OwnMappings own, Replay replay, AccessLog log, long id, IFormCollection form, CancellationToken cancellation)
    {
        if (await RejectedRecord.FindAsync(db, own, id, cancellation) is not { } found) return Results.NotFound();
        var report = await replay.RunAsync(new ReplayRequest { Ids = [id], Edit = found.EditOf(form), By = frame.Viewer.Name }, cancellation);
        await log.WriteAsync(frame.Viewer.Name, "record_corrected", $"rejected record {id}", null, InWords(report), cancellation);
        var now = await RejectedRecord.FindAsync(db, own, id, cancellation);
        return Screen.Of<RejectedPage>(new RejectedModel(frame, now!, report, [.. report.Problems]));
    }

    private static async Task<IResult> AskAsync(PageFrame frame, NpgsqlDataSource db, long[] id, string? reason, long? batch, bool? all, CancellationToken cancellation)
    {
        var what = new ReplayScope(id, reason, batch, all == true);
        return Screen.Of<ReplayPage>(new ReplayModel(frame, what, await what.CountAsync(db, cancellation), null));
    }

    private static async Task<IResult> ReplayAsync(PageFrame frame, NpgsqlDataSource db, Replay replay, AccessLog log, IFormCollection form, CancellationToken cancellation)
    {
        if (ReplayScope.Read(form) is not { } what) return Results.BadRequest();
        var report = await replay.RunAsync(what.Request(frame.Viewer.Name), cancellation);
        await log.WriteAsync(frame.Viewer.Name, "replayed", what.Ids.Count > 0 ? $"selected records: {string.Join(", ", what.Ids)}" : ReplayWords.Which(what).TrimEnd(','), null, InWords(report), cancellation);
        return Screen.Of<ReplayPage>(new ReplayModel(frame, what, await what.CountAsync(db, cancellation), report));
    }

    private static string InWords(ReplayReport report) => FormattableString.Invariant($"{report.Settled} settled, {report.Left} still rejected");

    private static async Task<IResult> RecordAsync(PageFrame frame, NpgsqlDataSource db, KeptFiles files, long id, CancellationToken cancellation)
    {
        await using var command = db.CreateCommand(
            "select b.sha256, q.position, b.name, b.read_as, b.batch_id from quarantine q join batch b using (batch_id) where q.quarantine_id = $1");
        command.Parameters.AddWithValue(id);
        await using var source = await command.ExecuteReaderAsync(cancellation);
        if (!await source.ReadAsync(cancellation)) return Results.NotFound();
        return Screen.Of<Commitments.SourceRecord>(await Commitments.SourceRecordModel.ReadAsync(files, source, frame.Who, cancellation));
    }
}

/// <summary>What the quarantine draws.</summary>
public sealed record QuarantineModel(PageFrame Frame, RejectedScope Scope, IReadOnlyList<ReasonCount> Reasons, Listed<Rejected> Rejected);

/// <summary>What the page of one rejected record draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Record">The record.</param>
/// <param name="Report">What trying it again just did; null when it was only opened.</param>
/// <param name="Problems">What stood against it, in sentences.</param>
public sealed record RejectedModel(PageFrame Frame, RejectedRecord Record, ReplayReport? Report, IReadOnlyList<string> Problems);

/// <summary>What the page draws that asks before many are tried again and says what became of them.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="What">Which are meant.</param>
/// <param name="Open">How many of them are open.</param>
/// <param name="Report">What was done; null before.</param>
public sealed record ReplayModel(PageFrame Frame, ReplayScope What, long Open, ReplayReport? Report);
