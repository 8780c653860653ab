using System.Text;

namespace Followthrough.Dashboard.Access.Qr;

/// <summary>A text as a QR code of at most 230 bytes (ISO/IEC 18004).</summary>
internal sealed class QrCode
{
    private const int Masks = 8;

    private readonly QrVersion _version;
    private readonly bool[,] _dark;
    private readonly bool[,] _fixed;

    private QrCode(QrVersion version)
    {
        _version = version;
        (_dark, _fixed) = (new bool[Size, Size], new bool[Size, Size]);
    }

    /// <summary>Squares in a row.</summary>
    internal int Size => _version.Size;

    internal bool IsDark(int column, int row) => _dark[column, row];

    /// <summary>Null when the text is too long.</summary>
    internal static QrCode? Of(string text) => QrVersion.For(Encoding.UTF8.GetByteCount(text)) is null
        ? null
        : Enumerable.Range(0, Masks).Select(mask => Of(text, mask)).MinBy(QrPenalty.Of);

    /// <summary>With a certain mask; the text must fit.</summary>
    internal static QrCode Of(string text, int mask)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var code = new QrCode(QrVersion.For(bytes.Length)!);
        code.DrawPatterns(mask);
        code.DrawData(code._version.Codewords(bytes), mask);
        return code;
    }

    private void DrawPatterns(int mask)
    {
        for (var i = 0; i < Size; i++)
        {
            Set(6, i, i % 2 == 0);
            Set(i, 6, i % 2 == 0);
        }
        foreach (var (column, row) in ((int, int)[])[(3, 3), (Size - 4, 3), (3, Size - 4)]) DrawRings(column, row, reach: 4);
        foreach (var (column, row) in Alignments()) DrawRings(column, row, reach: 2);
        DrawFormat(mask);
        if (_version.Number >= 7) DrawVersion();
    }

    private IEnumerable<(int Column, int Row)> Alignments() =>
        from column in _version.Alignment
        from row in _version.Alignment
        where !((column == 6 && row == 6) || (column == 6 && row == Size - 7) || (column == Size - 7 && row == 6))
        select (column, row);

    // The rings of the large squares are dark, dark, light; those of the small ones dark, light, dark: the second from the outside is light.
    private void DrawRings(int column, int row, int reach)
    {
        for (var y = -reach; y <= reach; y++)
            for (var x = -reach; x <= reach; x++)
                if (column + x is >= 0 and var c && c < Size && row + y is >= 0 and var r && r < Size)
                {
                    var ring = Math.Max(Math.Abs(x), Math.Abs(y));
                    Set(c, r, reach == 4 ? ring is not (2 or 4) : ring != 1);
                }
    }

    private void DrawFormat(int mask)
    {
        const int lowestLevel = 1;
        var data = (lowestLevel << 3) | mask;
        var bits = ((data << 10) | Check(data, 10, 0x537)) ^ 0x5412;
        for (var i = 0; i < 15; i++)
        {
            var dark = ((bits >> i) & 1) == 1;
            var (column, row) = i switch { < 6 => (8, i), 6 => (8, 7), 7 => (8, 8), 8 => (7, 8), _ => (14 - i, 8) };
            Set(column, row, dark);
            if (i < 8) Set(Size - 1 - i, 8, dark);
            else Set(8, Size - 15 + i, dark);
        }
        Set(8, Size - 8, true);
    }

    private void DrawVersion()
    {
        var bits = (_version.Number << 12) | Check(_version.Number, 12, 0x1F25);
        for (var i = 0; i < 18; i++)
        {
            var dark = ((bits >> i) & 1) == 1;
            Set(Size - 11 + (i % 3), i / 3, dark);
            Set(i / 3, Size - 11 + (i % 3), dark);
        }
    }

    private static int Check(int data, int length, int generator)
    {
        var remainder = data;
        for (var i = 0; i < length; i++) remainder = (remainder << 1) ^ ((remainder >> (length - 1)) * generator);
        return remainder;
    }

    // Upwards and downwards in turn, two columns wide, from the right; the column of the timing pattern is left out.
    private void DrawData(byte[] codewords, int mask)
    {
        var bit = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            if (right == 6) right = 5;
            var upwards = ((right + 1) & 2) == 0;
            for (var step = 0; step < Size; step++)
                foreach (var column in (int[])[right, right - 1])
                {
                    var row = upwards ? Size - 1 - step : step;
                    if (_fixed[column, row]) continue;
                    var dark = bit < codewords.Length * 8 && ((codewords[bit >> 3] >> (7 - (bit & 7))) & 1) == 1;
                    _dark[column, row] = dark ^ Masked(mask, column, row);
                    bit++;
                }
        }
    }

    private static bool Masked(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => ((x / 3) + (y / 2)) % 2 == 0,
        5 => (x * y % 2) + (x * y % 3) == 0,
        6 => ((x * y % 2) + (x * y % 3)) % 2 == 0,
        7 => (((x + y) % 2) + (x * y % 3)) % 2 == 0,
        _ => throw new ArgumentOutOfRangeException(nameof(mask), mask, null),
    };

    private void Set(int column, int row, bool dark) => (_dark[column, row], _fixed[column, row]) = (dark, true);
}
