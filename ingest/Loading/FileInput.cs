using System.Runtime.CompilerServices;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Loading;

/// <summary>A kept file as the rows its mapping makes of it.</summary>
internal sealed class FileInput(KeptFile file, Mapping mapping) : IBatchInput
{
    // Small enough that a chunk is garbage before the collector has moved it.
    private const int ChunkSize = 1_000;

    public string Name => file.Name;
    public string Unit { get; private set; } = "line";
    public IReadOnlyList<FactTable> Tables => mapping.Tables;
    public IReadOnlyList<FactRule> Rules => mapping.Rules;

    public async IAsyncEnumerable<RowChunk> ReadAsync(Action<long> readBytes, [EnumeratorCancellation] CancellationToken ct)
    {
        var run = mapping.Begin();
        await foreach (var chunk in RecordsAsync(readBytes, ct).Chunk(ChunkSize).WithCancellation(ct))
            yield return new RowChunk(chunk.Length, [.. chunk.SelectMany(run.Map)], []);
    }

    private async IAsyncEnumerable<SourceRecord> RecordsAsync(Action<long> readBytes, [EnumeratorCancellation] CancellationToken ct)
    {
        using var source = SourceFile.Open(file.Path, file.Name, mapping.Reading);
        Unit = source.Unit;
        // The rows of a file share one header: a wrong one refuses the file, since ignoring a misspelled column would lose data.
        await foreach (var record in source.ReadAsync(mapping.ProblemOfHeader, ct))
        {
            readBytes(source.Position);
            yield return record;
        }
    }
}
