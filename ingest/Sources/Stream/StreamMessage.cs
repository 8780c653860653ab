using System.Text;
using System.Text.Json;

namespace Followthrough.Ingest.Sources.Streams;

/// <summary>A message as it was received.</summary>
/// <param name="Offset">Its place in the partition.</param>
/// <param name="Value">Its content; null when the sender gave none.</param>
internal sealed record StreamMessage(long Offset, byte[]? Value)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Bytes of its content.</summary>
    public int Length => Value?.Length ?? 0;

    /// <summary>As a kept range has it, one a line: readable where it is text, base64 where it is not.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("offset", Offset);
        if (Value is null) json.WriteNull("text");
        else if (System.Text.Unicode.Utf8.IsValid(Value)) json.WriteString("text", Value);
        else json.WriteBase64String("bytes", Value);
        json.WriteEndObject();
    }

    /// <summary>A line of a kept range.</summary>
    public static StreamMessage Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var offset = json.RootElement.GetProperty("offset").GetInt64();
        if (json.RootElement.TryGetProperty("bytes", out var bytes)) return new StreamMessage(offset, bytes.GetBytesFromBase64());
        return new StreamMessage(offset, json.RootElement.GetProperty("text").GetString() is { } text ? Utf8.GetBytes(text) : null);
    }
}
