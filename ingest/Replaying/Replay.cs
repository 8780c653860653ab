using System.Text.Json;
using Followthrough.Ingest.Identity;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Ingest.Replaying;

/// <summary>Tries rejected records again: with a mapping that was mended, or with fields corrected by hand. Doing so twice changes nothing.</summary>
public sealed class Replay(NpgsqlDataSource db, KeptFiles kept, TimeProvider clock)
{
    internal const int ShownProblems = 20;

    // They are in memory together until their batch is in.
    private const int RowsAtOnce = 50_000;

    /// <summary>Replays what is asked for, each batch's rows as a batch of their own in one transaction. One that can't be read does not stop the others.</summary>
    /// <exception cref="MappingException">The request is contradictory or the mapping that was asked for can't be used.</exception>
    public async Task<ReplayReport> RunAsync(ReplayRequest request, CancellationToken ct)
    {
        if (request.Problem is { } problem) throw new MappingException(problem);
        if (request.Mapping is { } mapping) await MappingCatalogue.FindAsync(mapping, kept.OwnMappings, ct);
        var report = new ReplayReport { Problems = await NotOpenAsync(request, ct) };
        if (request.Edit.Count > 0) await CorrectAsync(request, ct);
        foreach (var batch in await Held.BatchesAsync(db, request, ct))
            report += await RunAsync(batch, request, ct);
        return report;
    }

    private async Task<ReplayReport> RunAsync(long id, ReplayRequest request, CancellationToken ct)
    {
        var report = new ReplayReport();
        try
        {
            var batch = await HeldBatch.FindAsync(db, id, ct) ?? throw new SourceFileException($"Batch {id} is not recorded, so what was rejected of it can't be read again.");
            var mapping = await ReplayMapping.FindAsync(db, kept.OwnMappings, batch, request.Mapping, ct);
            batch.MustCountAs(mapping);
            long? behind = 0;
            while (behind is { } from)
            {
                (var more, behind) = await RunOnceAsync(batch, mapping, request, from, ct);
                report += more;
            }
            return report;
        }
        catch (Exception e) when (e is SourceFileException or MappingException or IOException or UnauthorizedAccessException)
        {
            return report + new ReplayReport { Left = await LeftAsync(id, request, ct) - report.Left, Problems = [e.Message] };
        }
    }

    private async Task<(ReplayReport Report, long? Last)> RunOnceAsync(HeldBatch batch, Mapping mapping, ReplayRequest request, long behind, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two at once: the second finds settled what the first has settled.
        await StageMerge.LockAsync(connection, ct);
        var open = await Held.ReadAsync(connection, request, batch.Id, behind, RowsAtOnce, ct);
        if (open.Count == 0) return (new ReplayReport(), null);
        var records = await new HeldRecords(kept, batch, mapping, open).MapAsync(ct);
        var file = new KeptFile(batch.File.Name, "", batch.File.Sha256, batch.Bytes);
        var report = await new ReplayLoad(connection, batch, file, mapping, clock.GetUtcNow()).RunAsync(open, records, ct);
        if (report.Added + report.Changed + report.Released > 0) await Loader.AnnounceAsync(connection, ct);
        await transaction.CommitAsync(ct);
        await new Matching(db, clock).CatchUpAsync(ct);
        return (report, open.Count == RowsAtOnce ? open[^1].Id : null);
    }

    // Beside what was corrected in it before; it stays corrected when it is rejected again.
    private async Task CorrectAsync(ReplayRequest request, CancellationToken ct)
    {
        await using var correct = db.CreateCommand("""
            update quarantine
            set edit = (coalesce(edit, '{}')::jsonb || $2::jsonb)::text, edited_by = $3, edited_at = $4
            where quarantine_id = $1 and resolved_at is null
            """);
        correct.Parameters.AddWithValue(request.Ids[0]);
        correct.Parameters.AddWithValue(JsonSerializer.Serialize(request.Edit));
        correct.Parameters.AddWithValue(request.By);
        correct.Parameters.AddWithValue(clock.GetUtcNow());
        await correct.ExecuteNonQueryAsync(ct);
    }

    private async Task<IReadOnlyList<string>> NotOpenAsync(ReplayRequest request, CancellationToken ct)
    {
        await using var command = db.CreateCommand("""
            select a.id, q.resolved_at is not null
            from unnest($1::bigint[]) a (id) left join quarantine q on q.quarantine_id = a.id
            where q.quarantine_id is null or q.resolved_at is not null
            order by 1
            """);
        command.Parameters.AddWithValue(request.Ids.ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var problems = new List<string>();
        while (await reader.ReadAsync(ct)) problems.Add(reader.GetBoolean(1) ? $"{reader.GetInt64(0)}: is settled already." : $"{reader.GetInt64(0)}: there is no such rejected record.");
        return problems;
    }

    private async Task<long> LeftAsync(long batch, ReplayRequest request, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return (await Held.ReadAsync(connection, request, batch, 0, RowsAtOnce, ct)).Count;
    }
}
