using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Followthrough.Dashboard.Api;

/// <summary>
/// Answers as they were sent, by their entity tag: it names who asked, with which scope, what, and the state of the data, so an answer
/// serves nobody and nothing else. In memory and bounded; what is over is never asked for again and goes with the rest.
/// </summary>
internal sealed class KeptAnswers(IOptions<JsonOptions> json)
{
    internal const string ContentType = "application/json; charset=utf-8";

    private const long MostBytes = 32 << 20;
    private const int LargestKept = 256 << 10;

    private readonly ConcurrentDictionary<string, byte[]> _answers = new();
    private long _bytes;

    /// <summary>Null when it is not there.</summary>
    internal byte[]? Find(string tag) => _answers.GetValueOrDefault(tag);

    /// <summary>Writes it as it will be sent, and keeps it unless it is large.</summary>
    internal byte[] Keep(string tag, object answer)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType(), json.Value.SerializerOptions);
        if (bytes.Length > LargestKept) return bytes;
        if (Interlocked.Add(ref _bytes, bytes.Length) > MostBytes)
        {
            _answers.Clear();
            Interlocked.Exchange(ref _bytes, bytes.Length);
        }
        _answers[tag] = bytes;
        return bytes;
    }
}
