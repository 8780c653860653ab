using System.Text;

namespace Followthrough.Tests.Ingest.Fuzz;

/// <summary>Damages bytes as senders, networks and attackers do. The same seed does the same damage.</summary>
internal static class Mutation
{
    /// <summary>Texts that somebody writes where a key, a name, a number or a date belongs.</summary>
    internal static readonly string[] Texts =
    [
        "\"", "\"\"", ",", ";", "\t", "\n", "\r", "\r\n", "\0", "\\u0000", "\\ud800", "{", "}", "[", "]", "{{", "}}", "{#}", ":", "- ", "&a", "*a", "!!str", "# ", "|\n", "null", "true",
        "NaN", "Infinity", "1e309", "-0", "1,234.56", "1.234,56", "$5", "(5)", "9999-12-31T23:59:59Z", "0001-01-01", "2024-02-30", "24:00", "2026-03-02 10:00:60", "2026-03-02 10:00:00+00",
        "99999999999999999999999999999", "=HYPERLINK(1)", "'; drop table account; --", "<script>", "\u202e", "\u200b", "😀", "e\u0301", "../../x", "\u001b[31m", "<a>", "</c>", "&lt;", "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    ];

    private static readonly byte[][] Tokens =
    [
        .. Texts.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x1F, 0x8B], [0x50, 0x4B, 0x03, 0x04],
    ];

    /// <summary>One to four damages, one upon the other, most often one.</summary>
    internal static byte[] Of(byte[] sound, Random random)
    {
        var bytes = sound.ToList();
        for (var n = 1 + random.Next(1 + random.Next(4)); n > 0; n--) Damage(bytes, sound, random);
        return [.. bytes];
    }

    private static void Damage(List<byte> bytes, byte[] sound, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 1 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 4: bytes.RemoveRange(at, random.Next(4) == 0 ? bytes.Count - at : length); break;
            case 5: bytes.InsertRange(at, Part(sound, random)); break;
            case 6: bytes.InsertRange(at, Enumerable.Repeat(Tokens[random.Next(Tokens.Length)], random.Next(30) == 0 ? 3_000 : 1).SelectMany(t => t)); break;
            default: bytes.InsertRange(at, Tokens[random.Next(Tokens.Length)]); break;
        }
    }

    private static byte[] Part(byte[] sound, Random random)
    {
        var at = random.Next(sound.Length);
        return sound[at..Math.Min(sound.Length, at + random.Next(200))];
    }
}
