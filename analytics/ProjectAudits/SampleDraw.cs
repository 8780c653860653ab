using System.Security.Cryptography;
using System.Text;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>
/// The draw of a sample that anybody can draw again: everything there is to draw from is ordered by the SHA-256 of the seed, a slash and its
/// key, written in lower-case hexadecimal, and the first ones are taken.
/// </summary>
internal static class SampleDraw
{
    /// <summary>How many of each sort are drawn; all where there are fewer. Five of each are read closely in an hour.</summary>
    public const int Size = 5;

    /// <summary>The rule as the page and the pack say it.</summary>
    public static string Rule { get; } =
        $"Communications and commitments recorded under the project in the quarter, each apart, are ordered by the SHA-256 of “seed/key”; the first {Size} are taken, or all if there are fewer. "
        + "The seed is the first 16 digits of the SHA-256 of “quarter/project”. Messages to many, machines' own and internal notes are left out, as is the audit itself. Drawn once, when the first auditor is assigned, and kept.";

    /// <summary>The seed of a project's audit of a quarter: the same whoever draws.</summary>
    /// <param name="quarter">Label of the calendar quarter.</param>
    /// <param name="project">Source key of the project.</param>
    public static string SeedOf(string quarter, string project) => Hash($"{quarter}/{project}")[..16];

    /// <summary>What is drawn of these keys, in the order of the draw.</summary>
    public static IReadOnlyList<T> Of<T>(string seed, IEnumerable<T> all, Func<T, string> key) =>
        [.. InOrder(seed, all, key).Take(Size).Select(one => one.Of)];

    /// <summary>All of it in the order of the draw, each with its hash.</summary>
    public static IEnumerable<(T Of, string Hash)> InOrder<T>(string seed, IEnumerable<T> all, Func<T, string> key) =>
        all.Select(one => (Of: one, Hash: Hash($"{seed}/{key(one)}"))).OrderBy(one => one.Hash, StringComparer.Ordinal).ThenBy(one => key(one.Of), StringComparer.Ordinal);

    /// <summary>Lower-case hexadecimal.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
