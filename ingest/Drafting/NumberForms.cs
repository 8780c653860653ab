using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Drafting;

/// <summary>The decimal signs that are tried on a field, by the reader that will read the file.</summary>
internal static class NumberForms
{
    /// <summary>Plain digits with a point, no thousands: a mapping need not say anything.</summary>
    public const string Plain = "plain";

    private const double Enough = 0.8;

    private static readonly string[] Signs = [Plain, ".", ","];
    private static readonly FactColumn Number = FactTable.Of<Invoice>().Column("amount")!;
    private static readonly SourceRecord Nothing = new(0, new RecordShape([]), []);

    /// <summary>
    /// The signs that read the most of a field and read it differently; none when none reads four of five values. Those that read
    /// the same are one, the simplest.
    /// </summary>
    public static IReadOnlyList<string> Of(SampleField field)
    {
        if (field.Values.Count == 0) return [];
        var read = Signs.Select(sign => (sign, numbers: field.Values.Select(v => Read(sign, v.Text)).ToList())).ToList();
        var most = read.Max(r => r.numbers.Count(n => n is not null));
        if (most < Enough * field.Values.Count) return [];
        var best = read.Where(r => r.numbers.Count(n => n is not null) == most).ToList();
        return [.. best.Where((r, i) => !best.Take(i).Any(before => before.numbers.SequenceEqual(r.numbers))).Select(r => r.sign)];
    }

    /// <summary>What a text is, read with a sign; null when it is no number then.</summary>
    public static decimal? Read(string sign, string text)
    {
        var reading = new NumberReading { DecimalSign = sign == Plain ? null : sign[0] };
        return reading.Read(Number, Nothing, ref text) is null ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
