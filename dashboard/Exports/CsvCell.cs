namespace Followthrough.Dashboard.Exports;

/// <summary>A text as a CSV cell that no spreadsheet takes for a formula.</summary>
internal static class CsvCell
{
    internal static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (LooksLikeFormula(text)) text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    // Spreadsheets skip blanks of every kind before they look at the first character; tab and line ends are dangerous themselves.
    private static bool LooksLikeFormula(string text)
    {
        if (text[0] is '\t' or '\r' or '\n') return true;
        var first = text.AsSpan().TrimStart().TrimStart("\u200b\u200e\u200f\u2060\ufeff").TrimStart();
        return first.Length > 0 && first[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';
    }
}
