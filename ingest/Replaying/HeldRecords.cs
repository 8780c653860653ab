using System.Runtime.CompilerServices;
using System.Text.Json;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Replaying;

/// <summary>Reads rejected records again, from the kept file, else from what quarantine has of them, and maps them.</summary>
internal sealed class HeldRecords(KeptFiles kept, HeldBatch batch, Mapping mapping, IReadOnlyList<Held> held)
{
    /// <summary>Reasons by which the writing of a record was wrong as a whole, and not a field.</summary>
    public static IReadOnlyList<string> OfTheWhole { get; } = ["open_quote", "stray_quote", "ragged", "bad_json"];

    private readonly Dictionary<long, Dictionary<string, string>> _edits = held.GroupBy(h => h.Position).ToDictionary(
        g => g.Key, g => g.SelectMany(h => h.Edit).GroupBy(e => e.Key).ToDictionary(e => e.Key, e => e.Last().Value));

    /// <summary>What each record becomes, by position. A record that is not found is not in it.</summary>
    /// <exception cref="SourceFileException">The file can't be read with this mapping.</exception>
    public async Task<Dictionary<long, List<MappedRow>>> MapAsync(CancellationToken ct)
    {
        var last = _edits.Keys.Max();
        var run = mapping.Begin();
        var mapped = new Dictionary<long, List<MappedRow>>();
        await foreach (var record in RecordsAsync(ct))
        {
            var wanted = _edits.TryGetValue(record.Line, out var edit);
            // A rule that counts or looks back has to see what came before.
            if (wanted || LooksBack)
            {
                var rows = run.Map(edit is { Count: > 0 } ? EditedRecord.Of(record, edit) : record).ToList();
                if (wanted) mapped[record.Line] = rows;
            }
            if (record.Line >= last) break;
        }
        return mapped;
    }

    private bool LooksBack => mapping.NumberedBy.Count > 0 || mapping.Rules.Any(r => r.FirstOf is not null || r.EarliestOf is not null);

    private async IAsyncEnumerable<SourceRecord> RecordsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (kept.Find(batch.File) is not { } path)
        {
            foreach (var record in FromQuarantine()) yield return record;
            yield break;
        }
        using var source = SourceFile.Open(path, batch.File.Name, mapping.Reading);
        await foreach (var record in source.ReadAsync(mapping.ProblemOfHeader, ct)) yield return record;
    }

    private IEnumerable<SourceRecord> FromQuarantine()
    {
        if (LooksBack) throw new SourceFileException($"{batch.File.Name}: this machine has no copy of it, and the mapping {mapping.Name} needs the records before.");
        return held.DistinctBy(h => h.Position).OrderBy(h => h.Position).Where(h => !h.Record.Contains(SourceRecord.ShortenedMark, StringComparison.Ordinal)).Select(Record);
    }

    private static SourceRecord Record(Held held)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, string?>>(held.Record)!;
        var problem = OfTheWhole.Contains(held.Reason) ? new RecordProblem(held.Reason, held.Message) : null;
        return new SourceRecord(held.Position, new RecordShape([.. fields.Keys]), [.. fields.Values], problem);
    }
}
