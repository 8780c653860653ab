using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Sources.Webhooks;

namespace Followthrough.Ingest.Mappings;

/// <summary>One change of an own mapping.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Name">Which mapping.</param>
/// <param name="Version">The version that was written; null for a deletion.</param>
/// <param name="Sha256">Hash of its text, by which batches name it; null for a deletion.</param>
public sealed record MappingChange(DateTimeOffset At, string By, string Name, int? Version, string? Sha256);

/// <summary>
/// The installation's own mappings: <c>mappings/NAME.yaml</c> in its data folder, every version kept beside, and who changed what.
/// A name means the same to the loader, the watcher, webhooks and replays.
/// </summary>
public sealed partial class OwnMappings(DataFolder folder)
{
    /// <summary>Longest text of a mapping that can be saved, in characters.</summary>
    public const int LongestText = 256 * 1024;

    private const string Ending = ".yaml";
    private const int LockAttempts = 200;
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(25);
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string Changes => Path.Combine(folder.Mappings, "changes.jsonl");

    /// <summary>Their names, in order.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(folder.Mappings) ? []
        : [.. Directory.EnumerateFiles(folder.Mappings, "*" + Ending).Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => IsName(n)).Order(StringComparer.Ordinal)];

    /// <summary>Whether a text can be the name of one.</summary>
    public static bool IsName(string? name) => name is not null && NamePattern().IsMatch(name);

    /// <summary>Whether there is one of that name.</summary>
    public bool Has(string name) => IsName(name) && File.Exists(PathOf(name));

    /// <summary>What is wrong with a name for a new one, in a sentence; null when nothing is.</summary>
    public static string? ProblemOfName(string? name) => name switch
    {
        _ when !IsName(name) => "The name: expected up to 40 small letters, digits, underscores and hyphens, for example phone_calls.",
        CanonicalMapping.Name => $"The name: '{name}' is the product's own format. Expected another one.",
        _ when MappingCatalogue.Shipped.Contains(name) || HookMappings.Systems.Contains(name!) => $"The name: '{name}' is a mapping that ships with the product. Expected another one.",
        _ => null,
    };

    /// <summary>Its text as it is now; null when there is none of that name.</summary>
    public async Task<string?> ReadAsync(string name, CancellationToken ct) => Has(name) ? await File.ReadAllTextAsync(PathOf(name), ct) : null;

    /// <summary>The text of a version; null when there is none.</summary>
    public async Task<string?> ReadAsync(string name, int version, CancellationToken ct) =>
        Has(name) && File.Exists(PathOf(name, version)) ? await File.ReadAllTextAsync(PathOf(name, version), ct) : null;

    /// <summary>Saves a text as the newest version. The ones before it stay.</summary>
    /// <param name="name">Its name, which the text has to say too.</param>
    /// <param name="yaml">Its text.</param>
    /// <param name="by">Who saves it.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Stops before anything is written.</param>
    /// <returns>The number of the version; that of the last one when the text is the same.</returns>
    /// <exception cref="MappingException">The name can't be used, or the text is no mapping.</exception>
    public async Task<int> SaveAsync(string name, string yaml, string by, DateTimeOffset now, CancellationToken ct)
    {
        if (ProblemOfName(name) is { } problem) throw new MappingException(problem);
        Check(name, yaml);
        ct.ThrowIfCancellationRequested();
        DataFolder.CreateFolder(folder.Mappings, traversable: false);
        await using var alone = await LockAsync(ct);
        DataFolder.CreateFolder(Path.GetDirectoryName(VersionsOf(name))!, traversable: false);
        DataFolder.CreateFolder(VersionsOf(name), traversable: false);
        // What somebody changed with an editor is a version too.
        if (await ReadAsync(name, ct) is { } current && current != yaml) await KeepAsync(name, current, "an editor", now);
        var version = await KeepAsync(name, yaml, by, now);
        await PrivateFile.WriteAsync(PathOf(name), yaml, _ => Task.CompletedTask, CancellationToken.None);
        return version;
    }

    /// <summary>Deletes it; its versions are kept, and facts that came in with it stay. False when there is none.</summary>
    public async Task<bool> DeleteAsync(string name, string by, DateTimeOffset now)
    {
        if (!Has(name)) return false;
        await using var alone = await LockAsync(CancellationToken.None);
        File.Delete(PathOf(name));
        await LogAsync(new MappingChange(now, by, name, null, null));
        return true;
    }

    /// <summary>Where its file is and when that was last written; null when there is none.</summary>
    public (string Path, DateTimeOffset At)? FileOf(string name) => Has(name) ? (PathOf(name), File.GetLastWriteTimeUtc(PathOf(name))) : null;

    /// <summary>Who changed it when, the newest first.</summary>
    public async Task<IReadOnlyList<MappingChange>> ChangesAsync(string name, CancellationToken ct)
    {
        if (!File.Exists(Changes)) return [];
        var lines = await File.ReadAllLinesAsync(Changes, ct);
        return [.. lines.Select(ReadChange).OfType<MappingChange>().Where(c => c.Name == name).Reverse()];
    }

    /// <summary>The mapping of that name as it is now; null when there is none.</summary>
    /// <exception cref="MappingException">Its text is none.</exception>
    internal async Task<Mapping?> FindAsync(string name, CancellationToken ct) =>
        await ReadAsync(name, ct) is { } yaml ? Check(name, yaml) : null;

    /// <summary>Those that can be read. One that somebody broke with an editor is left out; its own page says what is wrong.</summary>
    internal async Task<IReadOnlyList<Mapping>> ReadableAsync(CancellationToken ct)
    {
        var all = new List<Mapping>();
        foreach (var name in Names)
        {
            try
            {
                if (await FindAsync(name, ct) is { } mapping) all.Add(mapping);
            }
            catch (MappingException)
            {
                continue;
            }
        }
        return all;
    }

    private static Mapping Check(string name, string yaml)
    {
        if (yaml.Length > LongestText) throw new MappingException($"{name}{Ending}: has {yaml.Length} characters; expected at most {LongestText}.");
        var mapping = MappingFile.Read(yaml, name + Ending);
        return mapping.Name == name ? mapping : throw new MappingException($"{name}{Ending}: calls itself '{mapping.Name}'; expected name: {name}.");
    }

    private async Task<int> KeepAsync(string name, string yaml, string by, DateTimeOffset now)
    {
        var last = LastVersion(name);
        if (last > 0 && await File.ReadAllTextAsync(PathOf(name, last)) == yaml) return last;
        await PrivateFile.WriteAsync(PathOf(name, last + 1), yaml, _ => Task.CompletedTask, CancellationToken.None);
        await LogAsync(new MappingChange(now, by, name, last + 1, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml)))));
        return last + 1;
    }

    private int LastVersion(string name) => Directory.EnumerateFiles(VersionsOf(name), "*" + Ending)
        .Select(f => int.TryParse(Path.GetFileNameWithoutExtension(f), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0).Append(0).Max();

    // Two who save at once, in whatever program, get two versions. The lock goes with the program that holds it.
    private async Task<FileStream> LockAsync(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return PrivateFile.Open(Path.Combine(folder.Mappings, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < LockAttempts)
            {
                await Task.Delay(LockPause, ct);
            }
        }
    }

    private async Task LogAsync(MappingChange change)
    {
        await using var log = PrivateFile.Open(Changes, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await log.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(change, Readable) + "\n"));
        log.Flush(flushToDisk: true);
    }

    // A line that a power cut left half written says nothing.
    private static MappingChange? ReadChange(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<MappingChange>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string PathOf(string name) => Path.Combine(folder.Mappings, name + Ending);

    private string VersionsOf(string name) => Path.Combine(folder.Mappings, ".versions", name);

    private string PathOf(string name, int version) => Path.Combine(VersionsOf(name), version.ToString("0000", CultureInfo.InvariantCulture) + Ending);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,39}\z")]
    private static partial Regex NamePattern();
}
