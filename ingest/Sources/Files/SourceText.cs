using System.Text;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Opens a text file in the encoding it declares: UTF-8, or UTF-16 with a byte-order mark.</summary>
internal static class SourceText
{
    private const int Sample = 4096;

    /// <summary>A reader past the byte-order mark.</summary>
    /// <exception cref="SourceFileException">The file is in an encoding it does not declare.</exception>
    public static async Task<StreamReader> OpenAsync(string path, string shownName, CancellationToken ct)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: false);
        var head = new byte[Sample];
        var length = await stream.ReadAtLeastAsync(head, Sample, throwOnEndOfStream: false, ct);
        stream.Position = 0;
        var encoding = EncodingOf(head.AsSpan(0, length));
        if (encoding is not null) return new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        await stream.DisposeAsync();
        throw new SourceFileException($"{shownName} line 1: looks like UTF-16 or a binary file without a byte-order mark; expected text in UTF-8.");
    }

    // Bad bytes become U+FFFD here, and the field that holds one is rejected with its line.
    private static UTF8Encoding? Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private static Encoding? EncodingOf(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ when ManyZeros(head) => null,
        _ => Utf8,
    };

    // A lone NUL is one bad field; every second byte zero is another encoding.
    private static bool ManyZeros(ReadOnlySpan<byte> head) => head.Count((byte)0) * 4 > head.Length;
}

/// <summary>A file that can't be taken at all; the message names file, line and what was expected.</summary>
public sealed class SourceFileException : Exception
{
    /// <summary>Creates it with a message for the person who sent the file.</summary>
    public SourceFileException(string message) : base(message) { }

    /// <summary>Creates it with the cause.</summary>
    public SourceFileException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Creates it without words; only for the framework.</summary>
    public SourceFileException() { }
}
