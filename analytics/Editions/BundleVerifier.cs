using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Followthrough.Analytics.Editions;

/// <summary>Checks a bundle without any database: its hashes first, then every figure from its rows.</summary>
public static class BundleVerifier
{
    // Larger than any quarter of a company that a person reads about.
    private const long MostBytes = 4L << 30;

    /// <summary>Checks it.</summary>
    /// <exception cref="BundleException">It is none.</exception>
    public static async Task<BundleReport> VerifyAsync(Stream bundle, CancellationToken ct)
    {
        try
        {
            using var zip = new ZipArchive(bundle, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Sum(e => e.Length) > MostBytes) throw new BundleException("It unpacks to more than 4 GB.");
            return await VerifyAsync(zip, ct);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new BundleException($"This is no bundle: {e.Message}");
        }
    }

    private static async Task<BundleReport> VerifyAsync(ZipArchive zip, CancellationToken ct)
    {
        var problems = new List<string>();
        var manifest = JsonSerializer.Deserialize<BundleWriter.ManifestOf>(await TextAsync(zip, BundleWriter.Manifest, ct), EditionJson.Options)!;
        var headText = await TextAsync(zip, BundleWriter.Head, ct);
        var hash = EditionSeal.HashOf(headText);
        if (hash != manifest.EditionSha256) problems.Add("edition.json is not what was sealed");
        using var head = JsonDocument.Parse(headText);
        var content = await LinesAsync(zip, head.RootElement, problems, ct);
        foreach (var (name, said) in manifest.Files)
            if (!name.EndsWith(".jsonl", StringComparison.Ordinal) && await MemberAsync(zip, name, problems, ct) is { } text && EditionSeal.HashOf(text) != said) problems.Add($"{name} is not what the manifest says");
        var figures = problems.Count == 0 ? BundleFigures.Compute(head.RootElement, content, problems) : [];
        return new BundleReport
        {
            Hash = hash,
            Period = head.RootElement.GetProperty("period").GetString()!,
            Number = head.RootElement.GetProperty("number").GetInt32(),
            CutOff = head.RootElement.GetProperty("cut_off").GetDateTimeOffset(),
            Figures = figures,
            Problems = problems,
        };
    }

    private static async Task<Dictionary<string, IReadOnlyList<string>>> LinesAsync(ZipArchive zip, JsonElement head, List<string> problems, CancellationToken ct)
    {
        var listed = (await MemberAsync(zip, BundleWriter.Hashes, [], ct) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', 3)).Where(parts => parts.Length == 3)
            .ToLookup(parts => parts[0], parts => (Hash: parts[1], What: parts[2]));
        var content = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (file, sealedAs) in EditionSeal.FilesOf(head))
        {
            content[file] = [];
            if (await MemberAsync(zip, $"{file}.jsonl", problems, ct) is not { } text) continue;
            content[file] = text.Length == 0 ? [] : text.Split('\n')[..^1];
            if (EditionSeal.HashOf(text) == sealedAs.Sha256) continue;
            var before = problems.Count;
            Compare(file, content[file], [.. listed[file]], problems);
            if (problems.Count == before) problems.Add($"{file}.jsonl is not what was sealed, and neither is the list of its lines, or their order");
        }
        return content;
    }

    private static void Compare(string file, IReadOnlyList<string> lines, IReadOnlyList<(string Hash, string What)> listed, List<string> problems)
    {
        var missing = listed.GroupBy(l => l.Hash).ToDictionary(g => g.Key, g => g.Count());
        for (var i = 0; i < lines.Count; i++)
        {
            var hash = EditionSeal.HashOf(lines[i]);
            if (missing.GetValueOrDefault(hash) > 0) missing[hash]--;
            else problems.Add($"{file}.jsonl line {i + 1} is not what was sealed: {(lines[i].Length > 200 ? lines[i][..200] : lines[i])}");
        }
        foreach (var (hash, what) in listed)
        {
            if (missing[hash] == 0) continue;
            missing[hash]--;
            problems.Add($"{file}.jsonl lacks a line that was sealed: {what}");
        }
    }

    // What cannot be unpacked is named like what was changed; null then.
    private static async Task<string?> MemberAsync(ZipArchive zip, string name, List<string> problems, CancellationToken ct)
    {
        try
        {
            return await TextAsync(zip, name, ct);
        }
        catch (InvalidDataException damaged)
        {
            problems.Add($"{name} is damaged and cannot be unpacked: {damaged.Message}");
            return null;
        }
    }

    private static async Task<string> TextAsync(ZipArchive zip, string name, CancellationToken ct)
    {
        var entry = zip.GetEntry(name) ?? throw new BundleException($"This is no bundle: {name} is missing.");
        await using var stream = await entry.OpenAsync(ct);
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: false));
        return await reader.ReadToEndAsync(ct);
    }
}
