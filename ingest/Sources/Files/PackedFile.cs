using System.IO.Compression;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>A received file as the bytes inside it: as they are, unpacked from gzip, or the one file in a zip.</summary>
internal sealed class PackedFile : IDisposable
{
    private readonly FileStream _file;
    private readonly ZipArchive? _zip;

    private PackedFile(FileStream file, ZipArchive? zip, Stream content, string name)
    {
        (_file, _zip, Content, Name) = (file, zip, content, name);
    }

    /// <summary>What is inside.</summary>
    public Stream Content { get; }

    /// <summary>Name of what is inside, whose ending says its format.</summary>
    public string Name { get; }

    /// <summary>How many of the received bytes have been read.</summary>
    public long Position => _file.Position;

    /// <summary>Opens it. The name says how it is packed, as it says the format.</summary>
    /// <exception cref="SourceFileException">It is damaged, or a zip that holds anything but one file.</exception>
    public static PackedFile Open(string path, string name)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: false);
        try
        {
            return Path.GetExtension(name).ToLowerInvariant() switch
            {
                ".gz" => new PackedFile(file, null, new UnpackedStream(new GZipStream(file, CompressionMode.Decompress), name, file.Length), Path.GetFileNameWithoutExtension(name)),
                ".zip" => Unzip(file, name),
                _ => new PackedFile(file, null, file, name),
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Content.Dispose();
        _zip?.Dispose();
        _file.Dispose();
    }

    private static PackedFile Unzip(FileStream file, string name)
    {
        try
        {
            var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            // Apple's archiver adds a folder of its own.
            var files = zip.Entries.Where(e => e.Name.Length > 0 && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToList();
            if (files.Count != 1) throw new SourceFileException($"{name}: holds {files.Count} files; expected one.");
            return new PackedFile(file, zip, new UnpackedStream(files[0].Open(), name, file.Length), files[0].Name);
        }
        catch (InvalidDataException e)
        {
            throw new SourceFileException($"{name}: is no sound zip file, or ends in the middle; nothing of it is in. {e.Message}", e);
        }
    }
}
