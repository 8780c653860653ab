using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Editions;

/// <summary>
/// Writes an edition as a file that an outsider can check: its head, its lines as JSON, a hash of each line, a manifest, and a script that
/// needs nothing but Python and computes the figures again.
/// </summary>
public sealed class BundleWriter(NpgsqlDataSource db)
{
    internal const string Head = "edition.json";
    internal const string Manifest = "manifest.json";
    internal const string Hashes = "lines.sha256";

    private const string Script = "verify.py";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes it, a line at a time: however large it is, the memory it takes is the same.</summary>
    public async Task WriteAsync(Edition edition, Stream to, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true, Utf8);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // Set aside until the lines are written: a bundle is one stream, and holds one file after the other.
        await using var hashes = SetAside.Open();
        var head = await EditionCheck.HeadAsync(connection, edition.Id, ct);
        files[Head] = await AddAsync(zip, edition, Head, One(head), "", ct);
        using var said = JsonDocument.Parse(head);
        foreach (var file in EditionSeal.FilesOf(said.RootElement).Keys)
            files[$"{file}.jsonl"] = await AddAsync(zip, edition, $"{file}.jsonl", Noted(EditionSeal.LinesAsync(connection, edition.Id, file, ct), file, hashes), "\n", ct);
        files[Hashes] = await AddAsync(zip, edition, Hashes, LinesAsync(hashes, ct), "\n", ct);
        files[Script] = await AddAsync(zip, edition, Script, One(SqlText.Read(typeof(BundleWriter), "Editions/verify.py")), "", ct);
        var manifest = JsonSerializer.Serialize(new ManifestOf(edition.Name, edition.Hash, edition.PreviousHash, files), EditionJson.Options);
        await AddAsync(zip, edition, Manifest, One(manifest), "", ct);
    }

    private static async Task<string> AddAsync(ZipArchive zip, Edition edition, string name, IAsyncEnumerable<string> lines, string end, CancellationToken ct)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        // The same edition always makes the same file.
        entry.LastWriteTime = edition.ClosedAt;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = await entry.OpenAsync(ct);
        await foreach (var line in lines)
        {
            var bytes = Utf8.GetBytes(line + end);
            hash.AppendData(bytes);
            await stream.WriteAsync(bytes, ct);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async IAsyncEnumerable<string> Noted(IAsyncEnumerable<string> lines, string file, Stream hashes)
    {
        await foreach (var line in lines)
        {
            await hashes.WriteAsync(Utf8.GetBytes($"{file} {EditionSeal.HashOf(line)} {BundleLine.NameOf(file, line)}\n"));
            yield return line;
        }
    }

    private static async IAsyncEnumerable<string> LinesAsync(Stream written, [EnumeratorCancellation] CancellationToken ct)
    {
        written.Position = 0;
        using var reader = new StreamReader(written, Utf8, leaveOpen: true);
        while (await reader.ReadLineAsync(ct) is { } line) yield return line;
    }

    private static async IAsyncEnumerable<string> One(string text)
    {
        await Task.CompletedTask;
        yield return text;
    }

    internal sealed record ManifestOf(string Name, string EditionSha256, string? PreviousSha256, IReadOnlyDictionary<string, string> Files);
}

/// <summary>What a line of a bundle is about, in few words that survive its loss.</summary>
internal static class BundleLine
{
    private static readonly Dictionary<string, string[]> Named = new()
    {
        ["accounts"] = ["account"],
        ["audits"] = ["account", "commitment_key"],
        ["calendars"] = ["fact", "key"],
        ["cohorts"] = ["unit", "starts"],
        ["commitments"] = ["rows_of", "key", "account_id"],
        ["definitions"] = ["metric"],
        ["figures"] = ["metric", "part", "dimension", "key"],
        ["findings"] = ["id"],
        ["measures"] = ["rows_of", "part", "fact", "key", "place"],
        ["members"] = ["staff", "team", "from"],
        ["names"] = ["what", "key"],
        ["scorecards"] = ["staff", "team", "scorecard"],
        ["targets"] = ["metric", "scope", "key", "from"],
    };

    public static string NameOf(string file, string line)
    {
        using var json = JsonDocument.Parse(line);
        return string.Join(' ', Named[file].Select(field => json.RootElement.GetProperty(field).ToString())).ReplaceLineEndings(" ");
    }
}
