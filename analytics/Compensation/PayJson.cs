using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Followthrough.Analytics.Compensation;

/// <summary>How statements are written down: snake case, exact decimals, null for what is not known.</summary>
internal static class PayJson
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        IgnoreReadOnlyProperties = true,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Form);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Form)!;

    public static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, Form);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
