using System.Globalization;
using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Loading;

/// <summary>One read value. Small, and without boxing what is common: a batch holds tens of thousands.</summary>
internal readonly struct Cell
{
    private readonly ColumnKind _kind;
    private readonly bool _known;
    private readonly long _bits;

    // A text, or a boxed decimal: amounts are few among the columns, and room for one would double every cell.
    private readonly object? _value;

    private Cell(ColumnKind kind, long bits = 0, object? value = null)
    {
        _kind = kind;
        _known = true;
        _bits = bits;
        _value = value;
    }

    /// <summary>Unknown.</summary>
    public static Cell Null => default;

    public bool IsNull => !_known;

    /// <summary>Whether it is a flag that is set.</summary>
    public bool IsTrue => _known && _kind == ColumnKind.Flag && _bits == 1;

    /// <summary>The text of a text or choice cell.</summary>
    public string? Text => _value as string;

    /// <summary>The instant of an instant cell.</summary>
    public DateTimeOffset Instant => new(_bits, TimeSpan.Zero);

    public static Cell Of(string text) => new(ColumnKind.Text, value: text);
    public static Cell Of(DateTimeOffset instant) => new(ColumnKind.Instant, instant.UtcTicks);
    public static Cell Of(DateOnly day) => new(ColumnKind.Day, day.DayNumber);
    public static Cell Of(int whole) => new(ColumnKind.Whole, whole);
    public static Cell Of(decimal number) => new(ColumnKind.Number, value: number);
    public static Cell Of(bool flag) => new(ColumnKind.Flag, flag ? 1 : 0);

    /// <summary>As the canonical format writes it; empty when unknown.</summary>
    public override string ToString() => _kind switch
    {
        _ when !_known => "",
        ColumnKind.Text or ColumnKind.Choice => (string)_value!,
        ColumnKind.Instant => Instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture),
        ColumnKind.Day => DateOnly.FromDayNumber((int)_bits).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.Whole => _bits.ToString(CultureInfo.InvariantCulture),
        ColumnKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        ColumnKind.Flag => _bits == 1 ? "true" : "false",
        _ => throw new InvalidOperationException($"No cell of kind {_kind}."),
    };

    public void WriteTo(BinaryRows rows)
    {
        if (!_known) { rows.WriteNull(); return; }
        switch (_kind)
        {
            case ColumnKind.Text or ColumnKind.Choice: rows.Write((string)_value!); break;
            case ColumnKind.Instant: rows.Write(Instant); break;
            case ColumnKind.Day: rows.Write(DateOnly.FromDayNumber((int)_bits)); break;
            case ColumnKind.Whole: rows.Write((int)_bits); break;
            case ColumnKind.Number: rows.Write(Number); break;
            case ColumnKind.Flag: rows.Write(_bits == 1); break;
            default: throw new InvalidOperationException($"No cell of kind {_kind}.");
        }
    }

    private decimal Number => (decimal)_value!;
}
