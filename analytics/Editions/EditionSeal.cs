using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>Seals an edition: a head that states everything about it and the hash of all its lines, whose own hash names it and is in the next one's head.</summary>
internal static class EditionSeal
{
    /// <summary>The kinds of lines that an edition is sealed with now, in their order; which ones an older one was says its head.</summary>
    public static IReadOnlyList<string> Files { get; } =
        ["accounts", "audits", "calendars", "cohorts", "commitments", "definitions", "figures", "findings", "measures", "members", "names", "scorecards", "targets"];

    /// <summary>The lines a head was sealed with, by kind.</summary>
    /// <exception cref="JsonException">It is no head.</exception>
    public static IReadOnlyDictionary<string, LinesOf> FilesOf(JsonElement head) =>
        head.GetProperty("files").Deserialize<SortedDictionary<string, LinesOf>>(EditionJson.Options) is { } files ? files : throw new JsonException("It names no files.");

    public static async Task WriteAsync(AsKnown then, EditionDraft draft, CancellationToken ct)
    {
        var files = new SortedDictionary<string, LinesOf>(StringComparer.Ordinal);
        foreach (var file in Files) files[file] = await HashAsync(then.Connection, draft.Id, file, ct);
        var head = JsonSerializer.Serialize(HeadOf(draft, files), EditionJson.Options);
        await using var command = new NpgsqlCommand("""
            insert into public.edition (edition_id, period, starts, ends, number, cut_off, closed_at, reason, first_by, second_by, zone, last_batch, head, hash, previous_hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """, then.Connection);
        foreach (var value in new object[] { draft.Id, draft.Period.Label, draft.Period.Start, draft.Period.End, draft.Number, draft.Closing.CutOff, draft.ClosedAt })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)draft.Closing.Reason ?? DBNull.Value);
        foreach (var value in new object[] { draft.Closing.First.Name, draft.Closing.Second!.Name, draft.Zone.Id, draft.LastBatch, head, HashOf(head) })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        command.Parameters.AddWithValue(NpgsqlDbType.Text, (object?)draft.PreviousHash ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>SHA-256 of a text, in hexadecimal digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>How many lines of a kind an edition has, and the hash of them all, each with the end of its line.</summary>
    public static async Task<LinesOf> HashAsync(NpgsqlConnection connection, long edition, string file, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0L;
        await foreach (var line in LinesAsync(connection, edition, file, ct))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            count++;
        }
        return new LinesOf(count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>An edition's lines of a kind, in the order in which they are hashed.</summary>
    public static async IAsyncEnumerable<string> LinesAsync(
        NpgsqlConnection connection, long edition, string file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select line from public.edition_line where edition_id = $1 and file = $2 order by line collate "C"
            """, connection) { CommandTimeout = 0, Parameters = { new() { Value = edition }, new() { Value = file } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return reader.GetString(0);
    }

    private static Head HeadOf(EditionDraft draft, SortedDictionary<string, LinesOf> files) => new(
        draft.Id, draft.Period.Label, draft.Number, draft.Closing.CutOff, draft.ClosedAt, draft.Closing.Reason, draft.Zone.Id, draft.LastBatch,
        [.. draft.Parts.Select(p => PartOf(p, draft.Zone))],
        [new(draft.Closing.First.Name, draft.Closing.FirstAt), new(draft.Closing.Second!.Name, draft.Closing.SecondAt!.Value)],
        draft.Closing.Checklist, files["definitions"].Sha256, files["calendars"].Sha256, files, draft.PreviousHash);

    private static HeadPart PartOf(EditionPart part, TimeZoneInfo zone)
    {
        var (from, to) = part.Period.Instants(zone);
        return new HeadPart(part.Period.Label, part.Period.Start, part.Period.End, from, to);
    }

    private sealed record Head(
        long Edition, string Period, int Number, DateTimeOffset CutOff, DateTimeOffset ClosedAt, string? Reason, string Zone, long LastBatch,
        IReadOnlyList<HeadPart> Parts, IReadOnlyList<Signature> Signatures, IReadOnlyList<CheckItem> Checklist,
        string DefinitionsVersion, string CalendarsVersion, IReadOnlyDictionary<string, LinesOf> Files, string? PreviousHash);

    private sealed record HeadPart(string Part, DateOnly Starts, DateOnly Ends, DateTimeOffset From, DateTimeOffset To);

    private sealed record Signature(string By, DateTimeOffset At);
}

/// <summary>Lines of one kind: how many, and the SHA-256 of all of them.</summary>
public sealed record LinesOf(long Lines, string Sha256);
