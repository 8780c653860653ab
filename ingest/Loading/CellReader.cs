using System.Globalization;
using System.Text;
using Followthrough.Analytics.Facts;

namespace Followthrough.Ingest.Loading;

/// <summary>Why a value was not accepted.</summary>
/// <param name="Reason">Stable code.</param>
/// <param name="Message">What stood there and what was expected.</param>
internal sealed record CellProblem(string Reason, string Message);

/// <summary>Reads a source's text as the value its column holds. Every rule of what is accepted is here.</summary>
internal static class CellReader
{
    private const int LongestText = 1 << 20;
    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK",
    ];

    /// <summary>Reads <paramref name="text"/>; empty is null, or the zero value where the column can't be null.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static CellProblem? Read(FactColumn column, string? text, out Cell cell)
    {
        cell = Cell.Null;
        if (text is { Length: > LongestText }) return TooLong(text);
        text = Clean(text);
        if (text.Length == 0) return Empty(column, out cell);
        return Unstorable(text) ?? Convert(column, text, out cell);
    }

    private static CellProblem? Convert(FactColumn column, string text, out Cell cell) => column.Kind switch
    {
        ColumnKind.Text => Text(text, out cell),
        ColumnKind.Choice => Choice(column, text, out cell),
        ColumnKind.Instant => Instant(text, out cell),
        ColumnKind.Day => Day(text, out cell),
        ColumnKind.Whole => Whole(text, out cell),
        ColumnKind.Number => Number(text, out cell),
        ColumnKind.Flag => Flag(text, out cell),
        _ => throw new InvalidOperationException($"No reader for {column.Kind}."),
    };

    // One spelling of a key, however it was typed: trimmed and in composed form.
    private static string Clean(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        return Ascii.IsValid(trimmed) || HasLoneSurrogate(trimmed) || trimmed.IsNormalized() ? trimmed : trimmed.Normalize();
    }

    private static CellProblem? Empty(FactColumn column, out Cell cell)
    {
        cell = Cell.Null;
        if (column.Required) return new CellProblem("missing", "is empty; expected a value, because the fact has no meaning without it");
        if (!column.Nullable) cell = column.Kind == ColumnKind.Flag ? Cell.Of(false) : Cell.Of(0);
        return null;
    }

    private static CellProblem? Unstorable(string text) => text switch
    {
        _ when text.Contains('\0') => new CellProblem("nul_byte", "holds a NUL byte, which no text can"),
        _ when text.Contains('\uFFFD') => new CellProblem("bad_encoding", "is not valid UTF-8; expected the file saved as UTF-8"),
        _ when HasLoneSurrogate(text) => new CellProblem("bad_encoding", "holds half a character (a lone surrogate)"),
        _ => null,
    };

    private static CellProblem? Text(string text, out Cell cell)
    {
        cell = Cell.Of(text);
        return null;
    }

    private static CellProblem? Choice(FactColumn column, string text, out Cell cell)
    {
        var value = text.ToLowerInvariant();
        cell = Cell.Of(value);
        return column.Choices.Contains(value) ? null
            : new CellProblem("not_a_choice", $"{Quoted(text)} is not known; expected one of {string.Join(", ", column.Choices)}");
    }

    private static CellProblem? Instant(string text, out Cell cell)
    {
        cell = Cell.Null;
        if (!DateTimeOffset.TryParseExact(FullOffset(text), InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return new CellProblem("bad_instant", $"{Quoted(text)} is no date and time; expected ISO 8601 with an offset, for example 2026-09-30T14:05:00Z");
        if (!HasOffset(text))
            return new CellProblem("no_offset", $"{Quoted(text)} has no offset; expected one, for example {text}Z or {text}+01:00");
        if (at < Earliest || at >= Latest)
            return new CellProblem("implausible_instant", $"{Quoted(text)} is out of range; expected a time from 1970 to 2099");
        // PostgreSQL keeps microseconds.
        cell = Cell.Of(at.AddTicks(-(at.Ticks % 10)));
        return null;
    }

    private static CellProblem? Day(string text, out Cell cell)
    {
        var ok = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        cell = Cell.Of(day);
        if (!ok) return new CellProblem("bad_day", $"{Quoted(text)} is no day; expected yyyy-MM-dd, for example 2026-09-30");
        return day.Year is < 1970 or > 2099 ? new CellProblem("implausible_day", $"{Quoted(text)} is out of range; expected 1970 to 2099") : null;
    }

    private static CellProblem? Whole(string text, out Cell cell)
    {
        var ok = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole);
        cell = Cell.Of(whole);
        return ok ? null : new CellProblem("bad_whole", $"{Quoted(text)} is no whole number; expected digits, for example 42");
    }

    private static CellProblem? Number(string text, out Cell cell)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        var ok = decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var number);
        cell = Cell.Of(number);
        return ok ? null : new CellProblem("bad_number", $"{Quoted(text)} is no plain decimal; expected digits with a point, for example 1234.56");
    }

    private static CellProblem? Flag(string text, out Cell cell)
    {
        cell = Cell.Of(text.ToLowerInvariant() is "true" or "t" or "1" or "yes" or "y");
        return text.ToLowerInvariant() is "true" or "t" or "1" or "yes" or "y" or "false" or "f" or "0" or "no" or "n" ? null
            : new CellProblem("bad_flag", $"{Quoted(text)} is neither yes nor no; expected true or false");
    }

    private static CellProblem TooLong(string text) =>
        new("too_long", $"has {text.Length:N0} characters; expected at most {LongestText:N0}");

    // PostgreSQL itself writes an offset of whole hours as +00.
    private static string FullOffset(string text) => text.Length > 3 && text[^3] is '+' or '-' && text.Contains(':') ? text + ":00" : text;

    private static bool HasOffset(string text) => text[^1] is 'Z' || text.AsSpan(10).IndexOfAny('+', '-') >= 0;

    private static string Quoted(string text) => text.Length > 60 ? $"'{text[..60]}…'" : $"'{text}'";

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return true;
            i++;
        }
        return false;
    }
}
