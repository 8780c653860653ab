namespace Followthrough.Ingest.Sources.Files;

/// <summary>What comes out of a packed file, as long as it is in proportion to what went in.</summary>
internal sealed class UnpackedStream(Stream inner, string shownName, long packedBytes) : Stream
{
    // A few kilobytes of blanks pack to nothing, and no export of millions of rows packs to a thousandth.
    private const long AlwaysAllowed = 64L << 20;
    private const long Times = 200;
    private const long Most = 64L << 30;

    private long _read;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(inner.Read(buffer));
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await inner.ReadAsync(buffer, cancellationToken));
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int bytes)
    {
        _read += bytes;
        return _read <= AlwaysAllowed || (_read <= packedBytes * Times && _read <= Most) ? bytes
            : throw new SourceFileException($"{shownName}: unpacks to more than {Times} times its size; stopped after {_read >> 20} MB. Send it unpacked if it is what it should be.");
    }

    private SourceFileException Damaged(InvalidDataException e) =>
        new($"{shownName}: is damaged or ends in the middle; nothing of it is in. {e.Message}", e);
}
