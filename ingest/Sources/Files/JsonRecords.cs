using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Records of a JSON document, read as it comes: the objects at given paths, numbered from 1.</summary>
internal static class JsonRecords
{
    private const int LongestRecord = 32 << 20;

    /// <summary>Yields every record in file order. An empty file yields none.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="shownName">What messages call it.</param>
    /// <param name="paths">Dotted paths of the objects that are records; empty for the outermost ones.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="SourceFileException">It is no JSON, or has nothing at any of the paths.</exception>
    public static async IAsyncEnumerable<SourceRecord> ReadAsync(
        Stream utf8, string shownName, IReadOnlyList<string> paths, [EnumeratorCancellation] CancellationToken ct)
    {
        var shapes = new RecordShapes();
        var number = 0L;
        await foreach (var json in ObjectsAsync(utf8, shownName, paths, ct))
            yield return JsonLinesRecords.Parse(++number, json, shapes);
    }

    /// <summary>The record of a number as it was written; null when there are fewer.</summary>
    public static async Task<string?> ReadRawAsync(Stream utf8, string shownName, IReadOnlyList<string> paths, long number, CancellationToken ct)
    {
        var at = 0L;
        await foreach (var json in ObjectsAsync(utf8, shownName, paths, ct))
            if (++at == number) return json;
        return null;
    }

    private static async IAsyncEnumerable<string> ObjectsAsync(
        Stream utf8, string shownName, IReadOnlyList<string> paths, [EnumeratorCancellation] CancellationToken ct)
    {
        var walk = new JsonWalk(paths);
        var buffer = new byte[1 << 16];
        var filled = 0;
        var found = new List<string>();
        for (var final = false; !final;)
        {
            filled += await utf8.ReadAtLeastAsync(buffer.AsMemory(filled), buffer.Length - filled, throwOnEndOfStream: false, ct);
            final = filled < buffer.Length;
            var used = Step(walk, shownName, buffer.AsSpan(0, filled), final, found);
            foreach (var json in found) yield return json;
            found.Clear();
            buffer.AsSpan(used, filled - used).CopyTo(buffer);
            filled -= used;
            if (filled == buffer.Length) buffer = Grown(buffer, shownName);
        }
        if (walk.Missing is { } missing) throw new SourceFileException($"{shownName}: has nothing at '{missing}'; expected the records there.");
    }

    private static int Step(JsonWalk walk, string shownName, ReadOnlySpan<byte> bytes, bool final, List<string> found)
    {
        try
        {
            // A mark in front is of the encoding, not of the document; and no document at all is a file without records.
            var mark = !walk.Begun && bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            if (final && !walk.Begun && bytes[mark..].Trim(" \t\r\n"u8).IsEmpty) return bytes.Length;
            return mark + walk.Step(bytes[mark..], final, found);
        }
        catch (JsonException e)
        {
            throw new SourceFileException($"{shownName} line {(e.LineNumber ?? 0) + 1}: is not valid JSON, or ends in the middle; nothing of it is in.", e);
        }
    }

    private static byte[] Grown(byte[] buffer, string shownName)
    {
        if (buffer.Length >= LongestRecord) throw new SourceFileException($"{shownName}: has a record longer than {LongestRecord >> 20} MB; expected many smaller ones.");
        Array.Resize(ref buffer, buffer.Length * 2);
        return buffer;
    }
}
