using System.Globalization;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources;
using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Mappings;

/// <summary>How a source writes its numbers, and what has to be done to them: (value - minus) x times / divided by, in exact decimals.</summary>
internal sealed partial record NumberReading
{
    /// <summary>The decimal sign where the source groups thousands or uses a comma; null for plain digits with a point.</summary>
    public char? DecimalSign { get; init; }

    /// <summary>What is taken off; an empty field counts as nothing.</summary>
    public Template? Minus { get; init; }

    /// <summary>What it is multiplied by.</summary>
    public Template? Times { get; init; }

    /// <summary>What it is divided by.</summary>
    public decimal? DividedBy { get; init; }

    /// <summary>The currency in whose smallest unit it is written: cents, yen, fils.</summary>
    public Template? MinorUnitsOf { get; init; }

    /// <summary>The fields it reads besides the value.</summary>
    public IEnumerable<string> Fields => new[] { Minus, Times, MinorUnitsOf }.SelectMany(t => t?.Fields ?? []);

    /// <summary>Rewrites the text as a plain decimal.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public CellProblem? Read(FactColumn column, SourceRecord record, ref string text)
    {
        try
        {
            if (!TryParse(text, out var number)) return NoNumber(text);
            if (Minus?.Fill(record) is { Length: > 0 } minus)
            {
                if (!TryParse(minus, out var less)) return NoNumber(minus);
                number -= less;
            }
            if (Times is not null)
            {
                if (!TryParse(Times.Fill(record) ?? "", out var factor)) return NoNumber(Times.Fill(record) ?? "");
                number *= factor;
            }
            if (MinorUnitsOf is not null) number /= MinorUnits.PerUnit(MinorUnitsOf.Fill(record) ?? "");
            number /= DividedBy ?? 1;
            // Whole columns are seconds and counts; half a one is one.
            if (column.Kind == ColumnKind.Whole) number = Math.Round(number, MidpointRounding.AwayFromZero);
            text = number.ToString(CultureInfo.InvariantCulture);
            return null;
        }
        catch (OverflowException)
        {
            return new CellProblem("bad_number", $"{Shown.Quoted(text)} is too large to reckon with; expected at most 28 digits");
        }
    }

    private bool TryParse(string text, out decimal number)
    {
        // Spreadsheets write small numbers as 2.5E-05.
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        number = 0;
        if (DecimalSign is not { } sign) return decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out number);
        if (!(sign == ',' ? WithComma() : WithPoint()).IsMatch(text)) return false;
        var digits = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is '-' || c == sign)).Replace(',', '.');
        return decimal.TryParse(digits, plain, CultureInfo.InvariantCulture, out number);
    }

    private static CellProblem NoNumber(string text) =>
        new("bad_number", $"{Shown.Quoted(text)} is no number as the mapping reads it; expected for example 1234.56, or what its 'decimal' says");

    [GeneratedRegex(@"^[+-]?(\d{1,3}([. '\u00A0\u202F’]\d{3})+|\d+)(,\d+)?$")]
    private static partial Regex WithComma();

    [GeneratedRegex(@"^[+-]?(\d{1,3}([, '\u00A0\u202F’]\d{3})+|\d+)(\.\d+)?$")]
    private static partial Regex WithPoint();
}
