using System.Globalization;

namespace Followthrough.Ingest.Sources;

/// <summary>A source's text inside a message: short, on one line, and harmless to a terminal.</summary>
internal static class Shown
{
    private const int Longest = 60;

    /// <summary>The text in quotes, cut where it is long; control characters are shown, not sent.</summary>
    public static string Quoted(string text)
    {
        // Half a character could not be stored.
        var cut = text.Length > Longest && char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return text.Length > Longest ? $"'{Visible(text[..cut])}…'" : $"'{Visible(text)}'";
    }

    private static string Visible(string text) =>
        text.Any(IsUnseen) ? string.Concat(text.Select(c => IsUnseen(c) ? $"\\u{(int)c:X4}" : c.ToString())) : text;

    // Control characters, and those that turn the direction of what follows.
    private static bool IsUnseen(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;
}
