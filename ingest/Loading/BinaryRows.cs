using System.Buffers.Binary;
using System.Text;

namespace Followthrough.Ingest.Loading;

/// <summary>
/// Rows as PostgreSQL's binary COPY format has them. A cell knows its type, so nothing has to be looked up for how it is written.
/// </summary>
internal sealed class BinaryRows
{
    private const int LongestFixed = 12;
    private const int GroupsOfNumber = 9;
    private const short Group = 10_000;
    private const short Negative = 0x4000;

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly int FirstDay = new DateOnly(2000, 1, 1).DayNumber;

    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    /// <summary>What every COPY begins with.</summary>
    public static ReadOnlyMemory<byte> Header { get; } = "PGCOPY\n"u8.ToArray().Concat(new byte[] { 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0 }).ToArray();

    /// <summary>What every COPY ends with.</summary>
    public static ReadOnlyMemory<byte> End { get; } = new byte[] { 0xFF, 0xFF };

    /// <summary>The rows since the last <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public void Clear() => _length = 0;

    public void StartRow(short columns) => BinaryPrimitives.WriteInt16BigEndian(Take(2), columns);

    public void WriteNull() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    public void Write(bool flag)
    {
        var to = Take(5);
        BinaryPrimitives.WriteInt32BigEndian(to, 1);
        to[4] = flag ? (byte)1 : (byte)0;
    }

    public void Write(int whole)
    {
        var to = Take(8);
        BinaryPrimitives.WriteInt32BigEndian(to, 4);
        BinaryPrimitives.WriteInt32BigEndian(to[4..], whole);
    }

    public void Write(long whole)
    {
        var to = Take(LongestFixed);
        BinaryPrimitives.WriteInt32BigEndian(to, 8);
        BinaryPrimitives.WriteInt64BigEndian(to[4..], whole);
    }

    public void Write(DateTimeOffset instant) => Write((instant.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);

    public void Write(DateOnly day) => Write(day.DayNumber - FirstDay);

    public void Write(string text)
    {
        Reserve(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length + 4));
        BinaryPrimitives.WriteInt32BigEndian(Take(4), written);
        _length += written;
    }

    /// <summary>As <c>numeric</c>: groups of four decimal digits, the first with its power, and how many decimals are shown.</summary>
    public void Write(decimal number)
    {
        var scale = number.Scale;
        var fractions = (scale + 3) / 4;
        Span<short> groups = stackalloc short[GroupsOfNumber];
        var count = Groups(number, fractions * 4 - scale, groups);
        var to = Take(LongestFixed + 2 * count);
        BinaryPrimitives.WriteInt32BigEndian(to, 8 + 2 * count);
        BinaryPrimitives.WriteInt16BigEndian(to[4..], (short)count);
        BinaryPrimitives.WriteInt16BigEndian(to[6..], (short)(count == 0 ? 0 : count - fractions - 1));
        BinaryPrimitives.WriteInt16BigEndian(to[8..], number < 0 ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(to[10..], scale);
        for (var i = 0; i < count; i++) BinaryPrimitives.WriteInt16BigEndian(to[(LongestFixed + 2 * i)..], groups[count - 1 - i]);
    }

    // The lowest first.
    private static int Groups(decimal number, int missing, Span<short> groups)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        var rest = new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        for (var i = 0; i < missing; i++) rest *= 10;
        var count = 0;
        for (; rest > 0; rest /= (ushort)Group) groups[count++] = (short)(rest % (ushort)Group);
        return count;
    }

    private Span<byte> Take(int bytes)
    {
        Reserve(bytes);
        _length += bytes;
        return _bytes.AsSpan(_length - bytes, bytes);
    }

    private void Reserve(int bytes)
    {
        if (_bytes.Length - _length < bytes) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
    }
}
