using System.Text;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>The messages of a batch as they are kept, one a line.</summary>
internal static class KeptEvents
{
    /// <summary>What a message said at a position, as it was written: a fact, or the whole message where it could not be read.</summary>
    /// <returns>Null when there are fewer.</returns>
    public static async Task<string?> ReadRawAsync(StreamReader text, long position, CancellationToken ct)
    {
        var at = 0L;
        while (await text.ReadLineAsync(ct) is { } line)
        {
            var message = StreamMessage.Read(line);
            foreach (var piece in EventReader.Read(message.Value, int.MaxValue))
                if (++at == position) return piece.Json.ValueKind == System.Text.Json.JsonValueKind.Undefined ? Encoding.UTF8.GetString(message.Value ?? []) : piece.Json.GetRawText();
        }
        return null;
    }
}
