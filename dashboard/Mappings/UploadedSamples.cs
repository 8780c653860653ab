using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Followthrough.Analytics.Store;

namespace Followthrough.Dashboard.Mappings;

/// <summary>Files that were uploaded to find out how to read them: each in a folder of a random name, for a day at most.</summary>
internal sealed class UploadedSamples(DataFolder folder)
{
    /// <summary>Largest file in bytes.</summary>
    internal const long Largest = 20 << 20;

    /// <summary>How long one is kept.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private const int MostAtOnce = 20;
    private const int LongestName = 100;
    private const string Content = "content";
    private const string State = "state.json";

    /// <summary>Keeps a file.</summary>
    /// <returns>Null when there are too many already.</returns>
    internal async Task<UploadedSample?> KeepAsync(Stream content, string sentAs, string by, DateTimeOffset now, CancellationToken cancellation)
    {
        RemoveOld(now);
        if (Directory.Exists(folder.Samples) && Directory.EnumerateDirectories(folder.Samples).Count() >= MostAtOnce) return null;
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        DataFolder.CreateFolder(folder.Samples, traversable: false);
        DataFolder.CreateFolder(PathOf(id), traversable: false);
        var sample = new UploadedSample { Id = id, Path = Path.Combine(PathOf(id), Content), Name = Cleaned(sentAs), By = by, At = now };
        await using (var file = PrivateFile.Open(sample.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            await content.CopyToAsync(file, cancellation);
        File.SetLastWriteTimeUtc(sample.Path, now.UtcDateTime);
        await WriteAsync(sample, cancellation);
        return sample;
    }

    /// <summary>One of them; null when there is none of that id, or not any more.</summary>
    internal async Task<UploadedSample?> FindAsync(string id, CancellationToken cancellation)
    {
        if (!IsId(id) || !File.Exists(Path.Combine(PathOf(id), State))) return null;
        var sample = JsonSerializer.Deserialize<UploadedSample>(await File.ReadAllTextAsync(Path.Combine(PathOf(id), State), cancellation))!;
        // Where it stands is ours to say, whatever a file says.
        return sample with { Id = id, Path = Path.Combine(PathOf(id), Content) };
    }

    /// <summary>Writes down how far it is understood.</summary>
    internal Task WriteAsync(UploadedSample sample, CancellationToken cancellation) =>
        PrivateFile.WriteAsync(Path.Combine(PathOf(sample.Id), State), JsonSerializer.Serialize(sample), _ => Task.CompletedTask, cancellation);

    /// <summary>Removes it.</summary>
    internal void Remove(string id)
    {
        if (IsId(id) && Directory.Exists(PathOf(id))) Directory.Delete(PathOf(id), recursive: true);
    }

    /// <summary>Removes those whose day is over.</summary>
    internal void RemoveOld(DateTimeOffset now)
    {
        if (!Directory.Exists(folder.Samples)) return;
        foreach (var sample in Directory.EnumerateDirectories(folder.Samples).Where(d => now - WrittenAt(d) > Kept).ToList())
            Remove(Path.GetFileName(sample));
    }

    // A folder without its file is one that is being made, or was left so by a crash.
    private static DateTimeOffset WrittenAt(string sample) =>
        File.Exists(Path.Combine(sample, Content)) ? File.GetLastWriteTimeUtc(Path.Combine(sample, Content)) : Directory.GetLastWriteTimeUtc(sample);

    // For showing, and for its ending; it never becomes part of a path.
    private static string Cleaned(string sentAs)
    {
        var last = sentAs[(sentAs.LastIndexOfAny(['/', '\\']) + 1)..];
        var seen = string.Concat(last.EnumerateRunes().Where(r => Rune(r) && r.Value != 0xFFFD)).Trim();
        return seen.Length <= LongestName ? seen : seen[..(LongestName / 2)].TrimEnd() + "…" + Path.GetExtension(seen[^10..]);

        static bool Rune(System.Text.Rune rune) =>
            System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
    }

    private static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    private string PathOf(string id) => Path.Combine(folder.Samples, id);
}
