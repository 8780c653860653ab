namespace Followthrough.Analytics.Store;

/// <summary>A text as a CSV cell that no spreadsheet takes for a formula.</summary>
internal static class CsvCell
{
    internal static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (LooksLikeFormula(text.TrimStart('\''))) text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    /// <summary>The text of a cell that was written so, once its quotes are off.</summary>
    internal static string Back(string cell) => cell.StartsWith('\'') && LooksLikeFormula(cell.TrimStart('\'')) ? cell[1..] : cell;

    // Spreadsheets skip blanks of every kind before they look at the first character; tab and line ends are dangerous themselves.
    private static bool LooksLikeFormula(string text)
    {
        if (text.Length == 0) return false;
        if (text[0] is '\t' or '\r' or '\n') return true;
        var first = text.AsSpan().TrimStart().TrimStart("\u200b\u200e\u200f\u2060\ufeff").TrimStart();
        return first.Length > 0 && first[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';
    }
}
