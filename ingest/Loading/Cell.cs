using System.Globalization;
using Followthrough.Analytics.Facts;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Ingest.Loading;

/// <summary>One read value, without boxing: a batch holds tens of thousands.</summary>
internal readonly struct Cell
{
    private readonly ColumnKind _kind;
    private readonly bool _known;
    private readonly long _bits;
    private readonly decimal _number;
    private readonly string? _text;

    private Cell(ColumnKind kind, long bits = 0, decimal number = 0, string? text = null)
    {
        _kind = kind;
        _known = true;
        _bits = bits;
        _number = number;
        _text = text;
    }

    /// <summary>Unknown.</summary>
    public static Cell Null => default;

    public bool IsNull => !_known;

    /// <summary>Whether it is a flag that is set.</summary>
    public bool IsTrue => _known && _kind == ColumnKind.Flag && _bits == 1;

    /// <summary>The text of a text or choice cell.</summary>
    public string? Text => _text;

    /// <summary>The instant of an instant cell.</summary>
    public DateTimeOffset Instant => new(_bits, TimeSpan.Zero);

    public static Cell Of(string text) => new(ColumnKind.Text, text: text);
    public static Cell Of(DateTimeOffset instant) => new(ColumnKind.Instant, instant.UtcTicks);
    public static Cell Of(DateOnly day) => new(ColumnKind.Day, day.DayNumber);
    public static Cell Of(int whole) => new(ColumnKind.Whole, whole);
    public static Cell Of(decimal number) => new(ColumnKind.Number, number: number);
    public static Cell Of(bool flag) => new(ColumnKind.Flag, flag ? 1 : 0);

    /// <summary>As the canonical format writes it; empty when unknown.</summary>
    public override string ToString() => _kind switch
    {
        _ when !_known => "",
        ColumnKind.Text or ColumnKind.Choice => _text!,
        ColumnKind.Instant => Instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFK", CultureInfo.InvariantCulture),
        ColumnKind.Day => DateOnly.FromDayNumber((int)_bits).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.Whole => _bits.ToString(CultureInfo.InvariantCulture),
        ColumnKind.Number => _number.ToString(CultureInfo.InvariantCulture),
        ColumnKind.Flag => _bits == 1 ? "true" : "false",
        _ => throw new InvalidOperationException($"No cell of kind {_kind}."),
    };

    public void WriteTo(NpgsqlBinaryImporter copy)
    {
        if (!_known) { copy.WriteNull(); return; }
        switch (_kind)
        {
            case ColumnKind.Text or ColumnKind.Choice: copy.Write(_text!, NpgsqlDbType.Text); break;
            case ColumnKind.Instant: copy.Write(Instant, NpgsqlDbType.TimestampTz); break;
            case ColumnKind.Day: copy.Write(DateOnly.FromDayNumber((int)_bits), NpgsqlDbType.Date); break;
            case ColumnKind.Whole: copy.Write((int)_bits, NpgsqlDbType.Integer); break;
            case ColumnKind.Number: copy.Write(_number, NpgsqlDbType.Numeric); break;
            case ColumnKind.Flag: copy.Write(_bits == 1, NpgsqlDbType.Boolean); break;
            default: throw new InvalidOperationException($"No cell of kind {_kind}.");
        }
    }
}
