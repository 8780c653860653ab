using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Sources;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Loading;

/// <summary>Why a value was not accepted.</summary>
/// <param name="Reason">Stable code.</param>
/// <param name="Message">What stood there and what was expected.</param>
internal sealed record CellProblem(string Reason, string Message);

/// <summary>Reads a source's text as the value its column holds. Every rule of what is accepted is here.</summary>
internal static class CellReader
{
    /// <summary>The reason of a value that is not there and should be.</summary>
    public const string Missing = "missing";

    private const int LongestText = 1 << 20;

    // An index entry has to fit into a third of a page, also when every character takes three bytes.
    private const int LongestKey = 512;

    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads <paramref name="text"/>; empty is null, or the zero value where the column can't be null.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static CellProblem? Read(FactColumn column, string? text, out Cell cell)
    {
        cell = Cell.Null;
        if (text is { Length: > LongestText }) return TooLong(text, LongestText);
        text = SourceRecord.Clean(text);
        if (text.Length == 0) return Empty(column, out cell);
        if (text.Length > LongestKey && IsKey(column)) return TooLong(text, LongestKey);
        return Unstorable(text) ?? Convert(column, text, out cell);
    }

    private static CellProblem? Convert(FactColumn column, string text, out Cell cell) => column.Kind switch
    {
        ColumnKind.Text => IsZone(column) ? Zone(text, out cell) : Text(text, out cell),
        ColumnKind.Choice => Choice(column, text, out cell),
        ColumnKind.Instant => Instant(text, out cell),
        ColumnKind.Day => Day(text, out cell),
        ColumnKind.Whole => Whole(text, out cell),
        ColumnKind.Number => Number(text, out cell),
        ColumnKind.Flag => Flag(text, out cell),
        _ => throw new InvalidOperationException($"No reader for {column.Kind}."),
    };

    private static CellProblem? Empty(FactColumn column, out Cell cell)
    {
        cell = Cell.Null;
        if (column.Required) return new CellProblem(Missing, "is empty; expected a value, because the fact has no meaning without it");
        if (!column.Nullable) cell = Zero(column.Kind);
        return null;
    }

    private static Cell Zero(ColumnKind kind) => kind switch
    {
        ColumnKind.Flag => Cell.Of(false),
        ColumnKind.Whole => Cell.Of(0),
        ColumnKind.Number => Cell.Of(0m),
        _ => Cell.Null,
    };

    private static bool IsKey(FactColumn column) => column.IsAccount || column.Name.EndsWith("_key", StringComparison.Ordinal);

    private static bool IsZone(FactColumn column) => column.Name == "time_zone";

    private static CellProblem? Unstorable(string text) => text switch
    {
        _ when !text.AsSpan().ContainsAnyExceptInRange('\u0001', '\u007F') => null,
        _ when text.Contains('\0') => new CellProblem("nul_byte", "holds a NUL byte, which no text can"),
        _ when text.Contains('\uFFFD') => new CellProblem("bad_encoding", "is not valid UTF-8; expected the file saved as UTF-8"),
        _ when SourceRecord.HasLoneSurrogate(text) => new CellProblem("bad_encoding", "holds half a character (a lone surrogate)"),
        _ => null,
    };

    private static CellProblem? Text(string text, out Cell cell)
    {
        cell = Cell.Of(text);
        return null;
    }

    // Days and hours are reckoned in it: a zone that the database does not know would stop every refresh.
    private static CellProblem? Zone(string text, out Cell cell)
    {
        cell = Cell.Of(text);
        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) && zone.HasIanaId ? null
            : new CellProblem("bad_time_zone", $"{Shown.Quoted(text)} is no time zone; expected an IANA name, for example Europe/Berlin");
    }

    private static CellProblem? Choice(FactColumn column, string text, out Cell cell)
    {
        var value = text.ToLowerInvariant();
        cell = Cell.Of(value);
        return column.Choices.Contains(value) ? null
            : new CellProblem("not_a_choice", $"{Shown.Quoted(text)} is not known; expected one of {string.Join(", ", column.Choices)}");
    }

    private static CellProblem? Instant(string text, out Cell cell)
    {
        cell = Cell.Null;
        if (!InstantText.TryRead(text, out var at, out var offset))
            return new CellProblem("bad_instant", $"{Shown.Quoted(text)} is no date and time; expected ISO 8601 with an offset, for example 2026-09-30T14:05:00Z");
        if (offset is null)
            return new CellProblem("no_offset", $"{Shown.Quoted(text)} has no offset; expected one, for example {text}Z or {text}+01:00");
        if (at < Earliest || at >= Latest)
            return new CellProblem("implausible_instant", $"{Shown.Quoted(text)} is out of range; expected a time from 1970 to 2099");
        cell = Cell.Of(at);
        return null;
    }

    private static CellProblem? Day(string text, out Cell cell)
    {
        var ok = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        cell = Cell.Of(day);
        if (!ok) return new CellProblem("bad_day", $"{Shown.Quoted(text)} is no day; expected yyyy-MM-dd, for example 2026-09-30");
        return day.Year is < 1970 or > 2099 ? new CellProblem("implausible_day", $"{Shown.Quoted(text)} is out of range; expected 1970 to 2099") : null;
    }

    private static CellProblem? Whole(string text, out Cell cell)
    {
        var ok = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole);
        cell = Cell.Of(whole);
        return ok ? null : new CellProblem("bad_whole", $"{Shown.Quoted(text)} is no whole number; expected digits, for example 42, and at most 2147483647");
    }

    private static CellProblem? Number(string text, out Cell cell)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var ok = decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var number);
        cell = Cell.Of(number);
        return ok ? null : new CellProblem("bad_number", $"{Shown.Quoted(text)} is no plain decimal; expected digits with a point, for example 1234.56");
    }

    private static CellProblem? Flag(string text, out Cell cell)
    {
        cell = Cell.Of(text.ToLowerInvariant() is "true" or "t" or "1" or "yes" or "y");
        return text.ToLowerInvariant() is "true" or "t" or "1" or "yes" or "y" or "false" or "f" or "0" or "no" or "n" ? null
            : new CellProblem("bad_flag", $"{Shown.Quoted(text)} is neither yes nor no; expected true or false");
    }

    private static CellProblem TooLong(string text, int longest) =>
        new("too_long", string.Create(CultureInfo.InvariantCulture, $"has {text.Length:N0} characters; expected at most {longest:N0}"));
}
