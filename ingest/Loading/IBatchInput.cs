using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Ingest.Loading;

/// <summary>What a batch is made of: a file or a range of a stream. It can be read again and gives the same rows.</summary>
internal interface IBatchInput
{
    /// <summary>What messages call it.</summary>
    string Name { get; }

    /// <summary>What a row's position counts, in words.</summary>
    string Unit { get; }

    /// <summary>Facts it may hold, in loading order.</summary>
    IReadOnlyList<FactTable> Tables { get; }

    /// <summary>The rules that make its rows.</summary>
    IReadOnlyList<FactRule> Rules { get; }

    /// <summary>Its rows in order, some at a time.</summary>
    /// <param name="readBytes">Hears how much of it has been read.</param>
    /// <param name="ct">Stops the reading.</param>
    IAsyncEnumerable<RowChunk> ReadAsync(Action<long> readBytes, CancellationToken ct);
}

/// <summary>Some rows of a batch.</summary>
/// <param name="Records">Records of the source that they come from.</param>
/// <param name="Rows">Sound ones and rejections.</param>
/// <param name="Unreadable">What does not even say which fact it is.</param>
internal sealed record RowChunk(int Records, IReadOnlyList<MappedRow> Rows, IReadOnlyList<Unreadable> Unreadable);

/// <summary>Something received that does not say which fact it is, or is damaged.</summary>
/// <param name="Position">Its place in the batch, as of a row.</param>
/// <param name="Offset">Offset of its message in the stream.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Message">What is wrong and what was expected.</param>
/// <param name="Record">What was received, shortened, as a JSON object.</param>
internal sealed record Unreadable(long Position, long Offset, string Reason, string Message, string Record);
