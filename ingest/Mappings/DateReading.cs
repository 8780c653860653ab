using System.Globalization;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources;

namespace Followthrough.Ingest.Mappings;

/// <summary>How a source writes its dates.</summary>
/// <param name="Form">epoch_seconds, epoch_milliseconds, json, a .NET format such as <c>dd.MM.yyyy HH:mm</c>, or null for ISO 8601.</param>
/// <param name="Zone">Zone of times that name none, and in which the day of an instant is taken; null when none was declared.</param>
internal sealed partial record DateReading(string? Form, TimeZoneInfo? Zone)
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Rewrites the text as the canonical format has it: a day for a day column, an instant otherwise.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public CellProblem? Read(FactColumn column, ref string text)
    {
        if (!TryRead(text, out var local, out var offset))
            return new CellProblem(column.Kind == ColumnKind.Day ? "bad_day" : "bad_instant", $"{Shown.Quoted(text)} is no date as the mapping reads it; expected {Form ?? "ISO 8601"}");
        text = column.Kind == ColumnKind.Day ? DayOf(local, offset) : InstantOf(local, offset);
        return null;
    }

    private string DayOf(DateTime local, TimeSpan? offset)
    {
        // The day as the source wrote it, unless the mapping says where the day is counted.
        var day = offset is { } o && Zone is not null ? TimeZoneInfo.ConvertTime(new DateTimeOffset(local, o), Zone).DateTime : local;
        return day.ToString(Day, CultureInfo.InvariantCulture);
    }

    private string InstantOf(DateTime local, TimeSpan? offset)
    {
        if (offset is null && Zone is not null) offset = OffsetIn(Zone, local);
        var text = local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
        if (offset is not { } known) return text;
        return text + (known < TimeSpan.Zero ? "-" : "+") + known.ToString("hh\\:mm", CultureInfo.InvariantCulture);
    }

    // A time that the clocks skipped counts from before the change; of a time that came twice the first is taken.
    private static TimeSpan OffsetIn(TimeZoneInfo zone, DateTime local) =>
        zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);

    private bool TryRead(string text, out DateTime local, out TimeSpan? offset) => Form switch
    {
        null => Iso(text, out local, out offset),
        "epoch_seconds" => Epoch(text, 1000, out local, out offset),
        "epoch_milliseconds" => Epoch(text, 1, out local, out offset),
        "json" => Epoch(JsonDate().Match(text).Groups[1].Value, 1, out local, out offset),
        _ => Formatted(text, Form, out local, out offset),
    };

    private static bool Iso(string text, out DateTime local, out TimeSpan? offset)
    {
        if (InstantText.TryRead(text, out var at, out offset))
        {
            local = (at + (offset ?? TimeSpan.Zero)).DateTime;
            return true;
        }
        return DateTime.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);
    }

    private static bool Epoch(string text, decimal milliseconds, out DateTime local, out TimeSpan? offset)
    {
        const decimal furthest = 253_402_300_799_000m;
        (local, offset) = (default, TimeSpan.Zero);
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (text.Length > 30 || !decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var number)) return false;
        if (Math.Abs(number) > furthest / milliseconds || number * milliseconds < -62_000_000_000_000m) return false;
        local = DateTime.UnixEpoch.AddTicks((long)(number * milliseconds * TimeSpan.TicksPerMillisecond));
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return true;
    }

    private static bool Formatted(string text, string format, out DateTime local, out TimeSpan? offset)
    {
        offset = null;
        // Only a format with an offset in it may answer with one: the machine's own zone has no say.
        if (!format.Contains('z') && !format.Contains('K'))
            return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out local);
        var ok = DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var at);
        (local, offset) = (at.DateTime, at.Offset);
        return ok;
    }

    // Milliseconds since 1970 in UTC; the offset that may follow says where it was written and moves nothing.
    [GeneratedRegex(@"^/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/$")]
    private static partial Regex JsonDate();
}
