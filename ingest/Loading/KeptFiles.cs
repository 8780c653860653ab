using System.Security.Cryptography;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Loading;

/// <summary>A file as it was received, under its content's hash.</summary>
/// <param name="Name">File name as sent, without folder.</param>
/// <param name="Path">Where the kept copy is.</param>
/// <param name="Sha256">Hash of the bytes, hexadecimal.</param>
/// <param name="Bytes">Length.</param>
internal sealed record KeptFile(string Name, string Path, string Sha256, long Bytes)
{
    /// <summary>How it came: <c>file</c>, or who sent it.</summary>
    public string Source { get; init; } = "file";
}

/// <summary>A received file as its batch names it.</summary>
/// <param name="Name">File name as sent; its ending says how it is packed and written.</param>
/// <param name="Sha256">Hash of the bytes, hexadecimal.</param>
/// <param name="ReadAs">What the mapping said of it, as the batch keeps it; empty when nothing.</param>
public sealed record BatchFile(string Name, string Sha256, string ReadAs);

/// <summary>
/// The received files, content-addressed: loading reads the kept copy, so a file that changes while it is read can't harm,
/// and every row can be followed to the line it came from.
/// </summary>
public sealed class KeptFiles(DataFolder folder)
{
    private const string Incoming = ".incoming-";
    private const int Attempts = 3;
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <summary>The installation's own mappings, which are in the same folder.</summary>
    internal OwnMappings OwnMappings { get; } = new(folder);

    internal Task<KeptFile> KeepAsync(string path, CancellationToken ct) => KeepAsync(path, Path.GetFileName(path), ct);

    /// <summary>Keeps a file that stands under another name than the one it was sent by.</summary>
    internal async Task<KeptFile> KeepAsync(string path, string name, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Kept);
        var temporary = Path.Combine(folder.Kept, $"{Incoming}{Guid.NewGuid():N}");
        try
        {
            var (sha256, bytes) = await CopyWholeAsync(path, temporary, ct);
            RemoveAbandoned(File.GetLastWriteTimeUtc(temporary));
            var kept = PathOf(sha256);
            File.Move(temporary, kept, overwrite: true);
            return new KeptFile(name, kept, sha256, bytes);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Keeps what was received otherwise than as a file, under a name that says how it is packed and written.</summary>
    internal async Task<KeptFile> KeepAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        Directory.CreateDirectory(folder.Kept);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var temporary = Path.Combine(folder.Kept, $"{Incoming}{Guid.NewGuid():N}");
        try
        {
            await using (var copy = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await copy.WriteAsync(content, ct);
                copy.Flush(flushToDisk: true);
            }
            File.Move(temporary, PathOf(sha256), overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        return new KeptFile(name, PathOf(sha256), sha256, content.Length);
    }

    /// <summary>A record of a kept file, as it was written; null when this machine has no copy or the file no such record.</summary>
    /// <param name="file">The file as its batch has it.</param>
    /// <param name="position">Line at which the record begins; of a workbook its row, of a JSON document its number.</param>
    /// <param name="ct">Stops the reading.</param>
    public async Task<string?> ReadRecordAsync(BatchFile file, long position, CancellationToken ct)
    {
        // What a sweep deleted stands nowhere in its list.
        if (position < 1 || Find(file) is not { } path) return null;
        using var source = SourceFile.Open(path, file.Name, SourceReading.FromJson(file.ReadAs));
        return await source.ReadRawAsync(position, ct);
    }

    /// <summary>The first line of a kept CSV file, which names its columns; null for other files and when this machine has no copy.</summary>
    public async Task<string?> ReadHeaderAsync(BatchFile file, CancellationToken ct)
    {
        if (Find(file) is not { } path) return null;
        using var source = SourceFile.Open(path, file.Name, SourceReading.FromJson(file.ReadAs));
        return source.Format == SourceFormat.Csv ? await source.ReadRawAsync(1, ct) : null;
    }

    /// <summary>Where the copy of a received file is; null when this machine has none.</summary>
    internal string? Find(BatchFile file) => File.Exists(PathOf(file.Sha256)) ? PathOf(file.Sha256) : null;

    // A copy counts only if the file was the same before and after.
    private static async Task<(string Sha256, long Bytes)> CopyWholeAsync(string from, string to, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var before = StateOf(from);
            var copy = await CopyAsync(from, to, ct);
            if (copy.Bytes == before.Bytes && StateOf(from) == before) return copy;
            File.Delete(to);
        }
        throw new SourceFileException($"{Path.GetFileName(from)}: changes while it is read; send it again when it is complete.");
    }

    private static (long Bytes, DateTime Written) StateOf(string path) => (new FileInfo(path).Length, File.GetLastWriteTimeUtc(path));

    // What a killed load had begun to copy. One that is still being written is locked by its writer.
    private void RemoveAbandoned(DateTime now)
    {
        foreach (var file in Directory.EnumerateFiles(folder.Kept, Incoming + "*").Where(f => now - File.GetLastWriteTimeUtc(f) > Abandoned))
        {
            try
            {
                using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) { }
                File.Delete(file);
            }
            catch (IOException)
            {
                // Somebody is at it.
            }
        }
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
