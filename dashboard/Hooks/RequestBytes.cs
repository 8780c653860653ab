using System.Buffers;

namespace Followthrough.Dashboard.Hooks;

/// <summary>A request's body as the bytes that were sent.</summary>
internal static class RequestBytes
{
    /// <summary>Reads it whole; null when it is larger than the limit, with or without having said so.</summary>
    internal static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit) return null;
        var bytes = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4096) + 1);
        while (true)
        {
            var read = await request.Body.ReadAsync(bytes.GetMemory(), cancellation);
            if (read == 0) return bytes.WrittenMemory;
            bytes.Advance(read);
            if (bytes.WrittenCount > limit) return null;
        }
    }
}
