using System.Text;
using Followthrough.Analytics.CallLists;

namespace Followthrough.Dashboard.Churn;

/// <summary>A contact as phones take it: vCard 4.0 (RFC 6350).</summary>
internal static class ContactCard
{
    // Longer lines are folded; counted in bytes.
    private const int LongestLine = 75;

    internal static string Of(CallListRow row, string note)
    {
        var name = row.ContactName ?? row.AccountName;
        (string Name, string? Value)[] lines =
        [
            ("BEGIN", "VCARD"), ("VERSION", "4.0"), ("FN", Text(name)), ("ORG", Text(row.AccountName)), ("TITLE", Text(row.ContactTitle)),
            ("TEL;TYPE=work;VALUE=text" + Preferred(row, "phone"), Text(row.Phone)), ("EMAIL" + Preferred(row, "email"), Text(row.Email)),
            ("TZ", Text(row.TimeZone)), ("NOTE", Text(note)), ("END", "VCARD"),
        ];
        return string.Concat(lines.Where(line => line.Value is not null).Select(line => Folded($"{line.Name}:{line.Value}")));
    }

    private static string Preferred(CallListRow row, string channel) => row.PreferredChannel == channel ? ";PREF=1" : "";

    // What has a meaning in the format is escaped, so that no name ends its line or begins another property.
    private static string? Text(string? value) => value?
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\n", StringComparison.Ordinal);

    private static string Folded(string line)
    {
        var (folded, bytes) = (new StringBuilder(), 0);
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LongestLine)
            {
                folded.Append("\r\n ");
                bytes = 1;
            }
            folded.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }
        return folded.Append("\r\n").ToString();
    }
}
