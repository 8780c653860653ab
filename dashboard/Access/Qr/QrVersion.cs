namespace Followthrough.Dashboard.Access.Qr;

/// <summary>A size of QR code with the lowest of the four levels of correction, which is enough for a screen (ISO/IEC 18004, tables 7, 9 and E.1).</summary>
/// <param name="Number">1 to 9; beyond that the length of the text would be written differently.</param>
/// <param name="Blocks">Blocks into which the data is divided, of equal size.</param>
/// <param name="Data">Bytes of data in a block.</param>
/// <param name="Check">Bytes of correction in a block.</param>
/// <param name="Alignment">Rows and columns in which small squares stand.</param>
internal sealed record QrVersion(int Number, int Blocks, int Data, int Check, IReadOnlyList<int> Alignment)
{
    // Mode and length.
    private const int HeaderBits = 12;

    private static readonly QrVersion[] All =
    [
        new(1, 1, 19, 7, []), new(2, 1, 34, 10, [6, 18]), new(3, 1, 55, 15, [6, 22]), new(4, 1, 80, 20, [6, 26]), new(5, 1, 108, 26, [6, 30]),
        new(6, 2, 68, 18, [6, 34]), new(7, 2, 78, 20, [6, 22, 38]), new(8, 2, 97, 24, [6, 24, 42]), new(9, 2, 116, 30, [6, 26, 46]),
    ];

    internal int Size => (4 * Number) + 17;

    /// <summary>The smallest that holds so many bytes; null when none does.</summary>
    internal static QrVersion? For(int bytes) => All.FirstOrDefault(version => HeaderBits + (bytes * 8) <= version.Blocks * version.Data * 8);

    /// <summary>The text with its header, filled up, and its correction, as they stand in the picture one after the other.</summary>
    internal byte[] Codewords(byte[] text)
    {
        var blocks = Padded(text).Chunk(Data).ToList();
        var checks = blocks.Select(block => ReedSolomon.Remainder(block, Check)).ToList();
        return [.. Interleaved(blocks, Data), .. Interleaved(checks, Check)];
    }

    private static IEnumerable<byte> Interleaved(List<byte[]> blocks, int length) =>
        from place in Enumerable.Range(0, length)
        from block in blocks
        select block[place];

    // Four bits say "bytes", eight how many; the end is four zeros, where there is room, and two bytes in turn fill up what is left.
    private byte[] Padded(byte[] text)
    {
        var all = new byte[Blocks * Data];
        byte[] header = [(byte)(0x40 | (text.Length >> 4)), (byte)(text.Length << 4)];
        header.CopyTo(all, 0);
        for (var i = 0; i < text.Length; i++)
        {
            all[i + 1] |= (byte)(text[i] >> 4);
            all[i + 2] = (byte)(text[i] << 4);
        }
        for (var (i, first) = (text.Length + 2, true); i < all.Length; (i, first) = (i + 1, !first)) all[i] = first ? (byte)0xEC : (byte)0x11;
        return all;
    }
}
