using System.Text.Json;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Sources.CloudEvents;

/// <summary>A body of events, read strictly: all of them are sound, or none is taken.</summary>
internal sealed record CloudEventBody
{
    private const int MostProblems = 50;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>What its fields mean.</summary>
    public required Mapping Mapping { get; init; }

    /// <summary>Source and id of its one event; null for a batch.</summary>
    public required string? EventKey { get; init; }

    /// <summary>Reads it.</summary>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="isBatch">Whether it is a list of events.</param>
    /// <param name="problems">What is wrong with it; empty when it is sound.</param>
    /// <param name="isUnderstood">Whether it is CloudEvents of known facts, though values may be wrong.</param>
    public static CloudEventBody? Read(ReadOnlyMemory<byte> body, bool isBatch, out IReadOnlyList<EventProblem> problems, out bool isUnderstood)
    {
        isUnderstood = false;
        if (JsonLinesRecords.WhyNotText(body.Span) is { } noText)
        {
            problems = [Unreadable(noText)];
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            problems = EventCheck.Problems(document.RootElement, isBatch).Take(MostProblems).ToList();
            if (problems.Count > 0) return null;
            isUnderstood = true;
            return Read(isBatch ? [.. document.RootElement.EnumerateArray()] : [document.RootElement], isBatch, out problems);
        }
        catch (JsonException e)
        {
            problems = [Unreadable(JsonLinesRecords.Why(e))];
            return null;
        }
        catch (InvalidOperationException)
        {
            problems = [Unreadable(JsonLinesRecords.HalfCharacter)];
            return null;
        }
    }

    private static EventProblem Unreadable(string why) =>
        new(null, null, null, $"The body {why}; expected JSON in UTF-8 with each name once, at most {Strict.MaxDepth} deep.");

    private static CloudEventBody? Read(List<JsonElement> events, bool isBatch, out IReadOnlyList<EventProblem> problems)
    {
        var asked = events.Select(e => EventCheck.TableOf(e)!).ToHashSet();
        var mapping = CloudEventMapping.For([.. FactTable.All.Where(asked.Contains)]);
        var run = mapping.Begin();
        problems = events.SelectMany((e, i) => run.Map(RecordOf(e, i)).Where(r => r.Cells is null).Select(r => ProblemOf(e, i, r))).Take(MostProblems).ToList();
        if (problems.Count > 0) return null;
        return new CloudEventBody { Mapping = mapping, EventKey = isBatch ? null : $"{events[0].GetProperty("source").GetString()} {events[0].GetProperty("id").GetString()}" };
    }

    private static SourceRecord RecordOf(JsonElement element, int index) => JsonLinesRecords.Parse(index + 1, element.GetRawText(), new RecordShapes());

    private static EventProblem ProblemOf(JsonElement element, int index, MappedRow row) =>
        new(index, EventCheck.TextOf(element, "id"), row.Field is null ? null : $"data.{row.Field}", row.Message!);
}
