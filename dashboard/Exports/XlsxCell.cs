using System.Globalization;
using System.Text;
using System.Xml;

namespace Followthrough.Dashboard.Exports;

/// <summary>Rows of a sheet. Texts are text cells, which no program computes; numbers, truths and instants are what they are.</summary>
internal static class XlsxCell
{
    // As XlsxParts numbers its formats.
    internal const int Plain = 0;
    internal const int Instant = 1;
    internal const int Head = 2;

    // More a cell does not hold, and a program that meets more calls the file broken.
    private const int LongestText = 32_767;
    private const string Shortened = "… (shortened; the CSV has all of it)";

    // The day that spreadsheets count from.
    private static readonly DateTime Zero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Utc);

    internal static void AppendRow(StringBuilder to, int number, IReadOnlyList<object?> values, int style)
    {
        to.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\">");
        for (var i = 0; i < values.Count; i++)
            if (values[i] is { } value) Append(to, $"r=\"{(char)('A' + i)}{number.ToString(CultureInfo.InvariantCulture)}\"", value, style);
        to.Append("</row>");
    }

    private static void Append(StringBuilder to, string place, object value, int style)
    {
        switch (value)
        {
            case string text:
                AppendText(to.Append(CultureInfo.InvariantCulture, $"<c {place} s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"), Fitting(text));
                to.Append("</t></is></c>");
                break;
            case DateTimeOffset at:
                to.Append(CultureInfo.InvariantCulture, $"<c {place} s=\"{Instant}\"><v>{(at.UtcDateTime - Zero).TotalDays:R}</v></c>");
                break;
            case bool truth:
                to.Append(CultureInfo.InvariantCulture, $"<c {place} t=\"b\"><v>{(truth ? 1 : 0)}</v></c>");
                break;
            default:
                to.Append(CultureInfo.InvariantCulture, $"<c {place}><v>{value}</v></c>");
                break;
        }
    }

    private static string Fitting(string text) => text.Length <= LongestText ? text : text[..(LongestText - Shortened.Length)] + Shortened;

    // Characters that XML has no place for are left out: nobody can see them.
    private static void AppendText(StringBuilder to, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '&') to.Append("&amp;");
            else if (c == '<') to.Append("&lt;");
            else if (c == '>') to.Append("&gt;");
            else if (c == '\r') to.Append("&#13;");
            else if (XmlConvert.IsXmlChar(c)) to.Append(c);
            else if (i + 1 < text.Length && char.IsSurrogatePair(c, text[i + 1])) to.Append(c).Append(text[++i]);
        }
    }
}
