using System.Security.Cryptography;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Loading;

/// <summary>A file as it was received, under its content's hash.</summary>
/// <param name="Name">File name as sent, without folder.</param>
/// <param name="Path">Where the kept copy is.</param>
/// <param name="Sha256">Hash of the bytes, hexadecimal.</param>
/// <param name="Bytes">Length.</param>
internal sealed record KeptFile(string Name, string Path, string Sha256, long Bytes);

/// <summary>
/// The received files, content-addressed: loading reads the kept copy, so a file that changes while it is read can't harm,
/// and every row can be followed to the line it came from.
/// </summary>
public sealed class KeptFiles(DataFolder folder)
{
    internal async Task<KeptFile> KeepAsync(string path, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Kept);
        var temporary = Path.Combine(folder.Kept, $".incoming-{Guid.NewGuid():N}");
        try
        {
            var (sha256, bytes) = await CopyAsync(path, temporary, ct);
            var kept = PathOf(sha256);
            File.Move(temporary, kept, overwrite: true);
            return new KeptFile(Path.GetFileName(path), kept, sha256, bytes);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The record that begins at a line of a kept file, as it was written; null when this machine has no copy or no such line.</summary>
    /// <param name="sha256">The batch's hash.</param>
    /// <param name="position">Line at which the record begins.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<string?> ReadRecordAsync(string sha256, long position, CancellationToken ct)
    {
        if (!File.Exists(PathOf(sha256))) return null;
        using var text = await SourceText.OpenAsync(PathOf(sha256), sha256, ct);
        // No header begins with a brace, and every JSON object does.
        return text.Peek() == '{' ? await ReadLineAsync(text, position, ct) : await CsvRecords.ReadRawAsync(text, position, ct);
    }

    private static async Task<string?> ReadLineAsync(StreamReader text, long position, CancellationToken ct)
    {
        for (var line = 1L; line < position; line++)
            if (await text.ReadLineAsync(ct) is null) return null;
        return await text.ReadLineAsync(ct);
    }

    private static async Task<(string Sha256, long Bytes)> CopyAsync(string from, string to, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        await using var copy = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        var buffer = new byte[1 << 16];
        long bytes = 0;
        for (int read; (read = await source.ReadAsync(buffer, ct)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await copy.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        // The batch that names this copy will outlive a power cut, so the copy has to as well.
        copy.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }

    private string PathOf(string sha256) => Path.Combine(folder.Kept, sha256);
}
