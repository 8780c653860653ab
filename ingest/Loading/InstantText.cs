using System.Globalization;

namespace Followthrough.Ingest.Loading;

/// <summary>
/// Reads ISO 8601 instants as source systems write them: T or a blank between date and time, seconds and any number of their decimals
/// optional, the offset as Z, +hh (PostgreSQL's own form), +hhmm or +hh:mm.
/// </summary>
internal static class InstantText
{
    private const int Minutes = 16;

    /// <summary>Reads it to the microsecond, which is what the store keeps.</summary>
    /// <returns>False when it is no date and time. <paramref name="offset"/> is null when the text has none; it is then read as UTC.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out DateTimeOffset at, out TimeSpan? offset)
    {
        at = default;
        offset = null;
        if (text.Length < Minutes || text[10] is not ('T' or ' ' or 't') || text[4] != '-' || text[7] != '-' || text[13] != ':') return false;
        if (!Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)) return false;
        if (!Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute)) return false;
        var rest = text[Minutes..];
        if (!Seconds(ref rest, out var ticks) || !Offset(rest, out offset)) return false;
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59) return false;
        var utc = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc).Ticks + ticks - (offset?.Ticks ?? 0);
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks) return false;
        at = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    private static bool Seconds(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest is not [':', _, _, ..]) return true;
        if (!Digits(rest[1..3], out var seconds) || seconds > 59) return false;
        ticks = seconds * TimeSpan.TicksPerSecond;
        rest = rest[3..];
        if (rest is not ['.' or ',', ..]) return true;
        var length = rest[1..].IndexOfAnyExceptInRange('0', '9');
        var decimals = length < 0 ? rest[1..] : rest[1..(length + 1)];
        rest = rest[(decimals.Length + 1)..];
        var scale = TimeSpan.TicksPerSecond / 10;
        for (var i = 0; i < decimals.Length && i < 6; i++, scale /= 10) ticks += (decimals[i] - '0') * scale;
        return decimals.Length > 0;
    }

    private static bool Offset(ReadOnlySpan<char> rest, out TimeSpan? offset)
    {
        offset = null;
        if (rest.Length == 0) return true;
        offset = TimeSpan.Zero;
        if (rest is ['Z' or 'z']) return true;
        if (rest[0] is not ('+' or '-')) return false;
        var minutes = 0;
        var ok = rest.Length switch
        {
            3 => true,
            5 => Digits(rest[3..], out minutes),
            6 => rest[3] == ':' && Digits(rest[4..], out minutes),
            _ => false,
        };
        if (!ok || !Digits(rest[1..3], out var hours) || hours > 15 || minutes > 59) return false;
        offset = TimeSpan.FromMinutes((rest[0] == '-' ? -1 : 1) * (hours * 60 + minutes));
        return true;
    }

    private static bool Digits(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
