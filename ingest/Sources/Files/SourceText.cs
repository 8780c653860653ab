using System.Text;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>In which encoding a text is: the one its byte-order mark says, else the declared one, else UTF-8.</summary>
internal static class SourceText
{
    private static readonly Dictionary<string, Encoding> Declared = new()
    {
        // Bad bytes become U+FFFD here, and the field that holds one is rejected with its line.
        ["utf-8"] = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false),
        ["utf-16"] = Encoding.Unicode,
        ["utf-16be"] = Encoding.BigEndianUnicode,
        ["latin1"] = Encoding.Latin1,
        ["windows-1252"] = CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        ["windows-1250"] = CodePagesEncodingProvider.Instance.GetEncoding(1250)!,
    };

    /// <summary>Names by which an encoding can be declared.</summary>
    public static IReadOnlyCollection<string> Encodings => Declared.Keys;

    /// <summary>Whether an encoding can be declared by that name.</summary>
    public static bool IsKnown(string encoding) => Declared.ContainsKey(encoding);

    /// <summary>The encoding of a file that begins so.</summary>
    /// <exception cref="SourceFileException">It is in an encoding it does not declare.</exception>
    public static Encoding EncodingOf(ReadOnlySpan<byte> head, string? declared, string shownName) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [0xEF, 0xBB, 0xBF, ..] => Declared["utf-8"],
        _ when declared is not null => Declared[declared],
        _ when ManyZeros(head) =>
            throw new SourceFileException($"{shownName} line 1: looks like UTF-16 or a binary file without a byte-order mark; expected text in UTF-8."),
        _ => Declared["utf-8"],
    };

    /// <summary>The encoding that a text without a mark is likely in, by its beginning; null for UTF-8 and where a mark says it.</summary>
    public static string? GuessOf(ReadOnlySpan<byte> start)
    {
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0xEF, 0xBB, 0xBF, ..]) return null;
        // Of a Latin letter in UTF-16 one byte is zero: the second where the low byte comes first.
        if (ManyZeros(start)) return start.Length > 1 && start[1] == 0 ? "utf-16" : "utf-16be";
        for (var cut = 0; cut < 4 && cut <= start.Length; cut++)
            if (System.Text.Unicode.Utf8.IsValid(start[..^cut])) return null;
        return "windows-1252";
    }

    // A lone NUL is one bad field; every second byte zero is another encoding.
    private static bool ManyZeros(ReadOnlySpan<byte> head) => head.Count((byte)0) * 4 > head.Length;
}
