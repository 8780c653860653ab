using System.Text.Json;
using System.Text.Json.Serialization;

namespace Followthrough.Analytics.Churn;

/// <summary>How the churn tables' JSON columns are written and read.</summary>
internal static class ChurnJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        DictionaryKeyPolicy = null,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options) ?? throw new JsonException("null where a value is expected");
}
