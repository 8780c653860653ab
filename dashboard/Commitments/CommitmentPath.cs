using System.Globalization;
using System.Text;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Commitments;

/// <summary>
/// The address of one commitment. Source keys hold any character, and a server decodes <c>%2F</c> differently from the rest, so keys are
/// written with an escape of our own: letters, digits and <c>- _ :</c> stand for themselves, every other byte is <c>~</c> and two digits.
/// </summary>
internal static class CommitmentPath
{
    internal const string Route = "/commitments/{kind}/{account}/{key}";

    internal static string Of(CommitmentRow row) => Of(row.Kind, row.Account, row.CommitmentKey);

    internal static string Of(string kind, string account, string key) => $"/commitments/{Encode(kind)}/{Encode(account)}/{Encode(key)}";

    internal static string Encode(string key)
    {
        var path = new StringBuilder(key.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(key))
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'_' or (byte)':')
                path.Append((char)unit);
            else
                path.Append('~').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
        return path.ToString();
    }

    /// <summary>The key; null when the text is not one that <see cref="Encode"/> writes.</summary>
    internal static string? Decode(string path)
    {
        var bytes = new List<byte>(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] != '~' && path[i] < 128)
                bytes.Add((byte)path[i]);
            else if (i + 2 < path.Length && byte.TryParse(path.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                bytes.Add(unit);
                i += 2;
            }
            else return null;
        }
        var key = Encoding.UTF8.GetString([.. bytes]);
        // One address per commitment, and no bytes that PostgreSQL has no text for.
        return Encode(key) == path && !key.Contains('\0', StringComparison.Ordinal) ? key : null;
    }
}
