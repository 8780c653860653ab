using Followthrough.Ingest.Sources.Files;

namespace Followthrough.Ingest.Loading;

/// <summary>When a source wrote down what it has.</summary>
internal static class ListTime
{
    /// <summary>The time that was given, else the file's own.</summary>
    /// <exception cref="SourceFileException">What was given is no time.</exception>
    public static DateTimeOffset Of(string? asOf, string path)
    {
        if (asOf is null) return new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero);
        return InstantText.TryRead(asOf, out var at, out var offset) && offset is not null ? at
            : throw new SourceFileException($"--as-of {asOf}: expected a time with its offset, for example 2026-09-30T14:05:00Z.");
    }
}
