namespace Followthrough.Ingest.Loading;

/// <summary>Keys of facts: the source and its own id, with a colon between.</summary>
internal static class SourceKey
{
    /// <summary>The key of a source's id, which may say the source itself already. Of an empty id: how all of the source's keys begin.</summary>
    public static string Of(string source, string id) => id.StartsWith(source + ":", StringComparison.Ordinal) ? id : $"{source}:{id}";
}
