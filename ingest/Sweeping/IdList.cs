using System.Runtime.CompilerServices;
using Followthrough.Ingest.Sources;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Sweeping;

/// <summary>A source's list of ids: one to a line in a plain text, or a column of a file of records.</summary>
internal static class IdList
{
    private const int LongestId = 512;

    private static readonly string[] Usual = ["id", "source_key", "key", "external_id"];

    /// <summary>The ids in their one spelling, with the line each stands at; empty lines and fields are passed over.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="name">What it is called; .txt or no ending is plain text.</param>
    /// <param name="column">The column with the ids; null for the one that is usually called so.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <exception cref="SourceFileException">It is no such list.</exception>
    public static async IAsyncEnumerable<(long Line, string Id)> ReadAsync(string path, string name, string? column, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (line, text) in Path.GetExtension(name).ToLowerInvariant() is "" or ".txt" ? PlainAsync(path, name, ct) : ColumnAsync(path, name, column, ct))
        {
            var id = SourceRecord.Clean(text);
            if (id.Length == 0) continue;
            if (id.Length > LongestId || id.Contains('\0') || id.Contains('\uFFFD')) throw new SourceFileException($"{name} line {line}: {Shown.Quoted(id)} is no id; expected text of at most {LongestId} characters in UTF-8.");
            yield return (line, id);
        }
    }

    private static async IAsyncEnumerable<(long Line, string Text)> PlainAsync(string path, string name, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[4096];
        var encoding = SourceText.EncodingOf(head.AsSpan(0, await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct)), null, name);
        file.Position = 0;
        using var reader = new StreamReader(file, encoding);
        for (var line = 1L; await reader.ReadLineAsync(ct) is { } text; line++) yield return (line, text);
    }

    private static async IAsyncEnumerable<(long Line, string Text)> ColumnAsync(string path, string name, string? column, [EnumeratorCancellation] CancellationToken ct)
    {
        using var source = SourceFile.Open(path, name, new SourceReading());
        await foreach (var record in source.ReadAsync(_ => null, ct))
        {
            // A record that can't be read might name something that lives: with it the list is not full.
            if (record.Problem is { } problem) throw new SourceFileException($"{name} {source.Unit} {record.Line}: {problem.Message}. Nothing was done.");
            yield return (record.Line, record[ColumnOf(record.Shape, column, name)]);
        }
    }

    private static string ColumnOf(RecordShape shape, string? column, string name)
    {
        if (column is not null)
            return shape.IndexOf(column) >= 0 ? column : throw new SourceFileException($"{name}: has no column {Shown.Quoted(column)}; expected one of {string.Join(", ", shape.Names)}.");
        return shape.Names.FirstOrDefault(n => Usual.Contains(n.ToLowerInvariant()))
            ?? throw new SourceFileException($"{name}: which column has the ids does not follow from {string.Join(", ", shape.Names)}; expected 'id', or --id with the name of the column.");
    }
}
