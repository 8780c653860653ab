using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Ingest.Drafting;

/// <summary>The ways to write dates that are tried on a field, by the reader that will read the file.</summary>
internal static class DateForms
{
    /// <summary>The name of ISO 8601 among the forms.</summary>
    public const string Iso = "iso";

    private const int First = 50;
    private const double Enough = 0.8;

    private static readonly string[] Days =
    [
        "d/M/yyyy", "M/d/yyyy", "d.M.yyyy", "M.d.yyyy", "d-M-yyyy", "M-d-yyyy", "yyyy/M/d", "yyyy.M.d", "d/M/yy", "M/d/yy", "d.M.yy",
        "d MMM yyyy", "d-MMM-yyyy", "MMM d, yyyy", "d MMMM yyyy", "MMMM d, yyyy", "yyyyMMdd",
    ];

    private static readonly string[] Times = ["", " H:mm", " H:mm:ss", " H:mm:ss.fff", " h:mm tt", " h:mm:ss tt", ", H:mm", ", H:mm:ss"];
    private static readonly FactColumn Instant = FactTable.Of<Interaction>().Column("occurred_at")!;

    /// <summary>Every form, the commonest first.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Iso, .. Times.SelectMany(_ => Days, (time, day) => day + time), "json", "epoch_seconds", "epoch_milliseconds"];

    /// <summary>The forms that read the most of a field, none when none reads four of five values.</summary>
    public static IReadOnlyList<string> Of(SampleField field)
    {
        if (field.Values.Count == 0) return [];
        var start = field.Values.Take(First).Select(v => v.Text).ToList();
        var likely = All.Where(form => Read(form, start) >= Enough * start.Count).ToList();
        if (likely.Count == 0) return [];
        var texts = field.Values.Select(v => v.Text).ToList();
        var read = likely.Select(form => (form, count: Read(form, texts))).ToList();
        var most = read.Max(r => r.count);
        // With dots between them the day comes first, wherever dates are written so.
        read.RemoveAll(r => r.form.StartsWith("M.d.", StringComparison.Ordinal) && read.Any(other => other.form == "d.M." + r.form["M.d.".Length..] && other.count >= r.count));
        return most < Enough * texts.Count ? [] : [.. read.Where(r => r.count == most).Select(r => r.form)];
    }

    /// <summary>How many of a field's values a form does not read.</summary>
    public static int Misses(SampleField field, string form) => field.Values.Count - Read(form, [.. field.Values.Select(v => v.Text)]);

    /// <summary>Whether a field, read so, has times that name no zone.</summary>
    public static bool NeedsZone(SampleField field, string form) => form switch
    {
        "json" or "epoch_seconds" or "epoch_milliseconds" => false,
        Iso => field.Values.Any(v => !InstantText.TryRead(v.Text, out _, out var offset) || offset is null),
        _ => !form.Contains('z', StringComparison.Ordinal) && !form.Contains('K', StringComparison.Ordinal),
    };

    private static int Read(string form, List<string> texts) => texts.Count(t => Reads(form, t));

    private static bool Reads(string form, string text)
    {
        // A number of few digits is no moment, though it could be read as one.
        if (form == "epoch_seconds" && text.Length is < 9 or > 10) return false;
        if (form == "epoch_milliseconds" && text.Length is < 12 or > 13) return false;
        return new DateReading(form == Iso ? null : form, TimeZoneInfo.Utc).Read(Instant, ref text) is null
            && int.Parse(text.AsSpan(0, 4), CultureInfo.InvariantCulture) is >= 1970 and < 2100;
    }
}
