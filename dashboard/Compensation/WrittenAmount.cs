using System.Globalization;
using Followthrough.Analytics.Compensation;

namespace Followthrough.Dashboard.Compensation;

/// <summary>
/// An amount of money as people write it: 52.08, 52,08, 1 250.00, 1'250.50, 1,250.00 or 1.250,00. What could be meant in two ways is asked back
/// and never guessed: with 1,250 somebody loses a thousandfold.
/// </summary>
internal static class WrittenAmount
{
    private const int Group = 3;
    private const int MostDecimals = 2;

    /// <summary>The amount; null for nothing written.</summary>
    /// <exception cref="PayException">It is none, or could be two; the message says how it is written.</exception>
    internal static decimal? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var written = text.Trim();
        var bare = string.Concat(written.Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '’'))).Replace('−', '-');
        var digits = bare.TrimStart('+', '-');
        if (bare.Length - digits.Length > 1 || digits.Length == 0 || digits.Any(c => !char.IsAsciiDigit(c) && c is not ('.' or ','))) throw None(written);
        var plain = Plain(digits, written);
        return decimal.TryParse(bare[..^digits.Length] + plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : throw None(written);
    }

    // The same number with a point before its decimals and nothing between thousands.
    private static string Plain(string digits, string written)
    {
        var last = digits.LastIndexOfAny(['.', ',']);
        if (last < 0) return digits;
        var mark = digits[last];
        var (whole, decimals) = (digits[..last], digits[(last + 1)..]);
        var isOnce = !whole.Contains(mark, StringComparison.Ordinal);
        if (!isOnce) return Grouped(digits, mark, written);
        if (decimals.Length <= MostDecimals) return $"{Grouped(whole, mark == '.' ? ',' : '.', written)}.{decimals}";
        // 1,250 and 1.250: thousands to one reader, decimals to another.
        if (decimals.Length == Group && whole.Length is > 0 and <= Group && whole[0] != '0' && whole.All(char.IsAsciiDigit)) throw new PayException(
            $"“{written}” can be read in two ways; write {whole}{decimals}.00 or {whole}.{decimals[..MostDecimals]}.");
        throw None(written);
    }

    private static string Grouped(string digits, char mark, string written)
    {
        var groups = digits.Split(mark);
        var isGrouped = groups.Length == 1 || (groups[0].Length is > 0 and <= Group && groups.Skip(1).All(g => g.Length == Group));
        return isGrouped && groups.All(g => g.All(char.IsAsciiDigit)) ? string.Concat(groups) : throw None(written);
    }

    private static PayException None(string written) => new($"“{written}” is no amount; write it for example 52.08 or 1250.00, with a minus for what was too much.");
}
