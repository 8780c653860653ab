using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Api;

/// <summary>A place in a list as a text that says nothing to its reader. It belongs to one question and is refused for any other.</summary>
internal static class Cursor
{
    internal static string Of(RowPlace place, string question) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Kept(place.At.UtcTicks, place.Fact, place.Key, place.Account, place.Ties, MarkOf(question))));

    internal static bool TryRead(string text, string question, out RowPlace? place)
    {
        place = null;
        try
        {
            if (JsonSerializer.Deserialize<Kept>(Base64Url.DecodeFromChars(text)) is not { } kept || kept.Question != MarkOf(question) || kept.Ties < 1) return false;
            place = new RowPlace(new DateTimeOffset(kept.At, TimeSpan.Zero), kept.Fact, kept.Key, kept.Account, kept.Ties);
            return true;
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private static string MarkOf(string question) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..16];

    private sealed record Kept(long At, string Fact, string Key, string Account, int Ties, string Question);
}
