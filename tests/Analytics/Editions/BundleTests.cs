using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Editions;

/// <summary>Whoever has the file and Python gets the figures of the database from it, to the last digit, and is told of what was tampered with.</summary>
public sealed class BundleTests
{
    private const int Figures = 200;

    // Of a zip's entry, up to its name.
    private const int LocalHead = 30;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_product_and_script_agree_to_the_last_digit_and_find_what_was_changed_or_removed()
    {
        await using var world = await World.CreateAsync();
        var facts = new RandomFacts(5);
        await world.LoadAsync(RandomFacts.Beginning);
        for (var i = 0; i < 8; i++) await world.LoadAsync(facts.Next(100));
        world.Clock.Now = Given.At("2026-07-05T12:00Z");
        await world.RefreshAsync();
        var edition = await Closed.CloseAsync(world, "2026-Q1", Ct);
        var path = Path.Combine(world.Folder, "q1.zip");
        await using (var file = File.Create(path)) await new BundleWriter(world.Database.DataSource).WriteAsync(edition, file, Ct);

        var report = await VerifyAsync(path);
        Assert.Empty(report.Problems);
        Assert.Equal((edition.Hash, "2026-Q1"), (report.Hash, report.Period));
        var (exit, said) = await RunScriptAsync(world, path);
        Assert.True(exit == 0, said);
        Assert.Contains($"edition {edition.Hash}", said, StringComparison.Ordinal);
        await AssertAgreeAsync(world, report, said);

        await AssertFoundAsync(world, path, "commitments.jsonl", lines => lines[0] = lines[0].Replace("\"reminders\" : 0", "\"reminders\" : 1", StringComparison.Ordinal), "commitments.jsonl line 1 is not what was sealed", 2);
        await AssertFoundAsync(world, path, "measures.jsonl", lines => lines.RemoveAt(2), "measures.jsonl lacks a line that was sealed", 1);
        foreach (var name in new[] { "commitments.jsonl", "measures.jsonl", "figures.jsonl", "targets.jsonl", "verify.py" }) await AssertDamageIsFoundAsync(world, path, name);
        await AssertFoundAsync(world, path, "figures.jsonl", lines => lines[5] = lines[5][..^1] + "|", "figures.jsonl line 6 is not what was sealed", 2);
    }

    [Fact]
    public async Task The_script_has_at_most_300_lines_and_needs_nothing_but_the_standard_library()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(SourceFolder.Root, "analytics/Editions/verify.py"), Ct);
        Assert.InRange(lines.Length, 1, 300);
        Assert.Equal(["import datetime", "import hashlib", "import json", "import math", "import sys", "import zipfile", "import zlib", "from collections import Counter, defaultdict", "from decimal import Decimal, getcontext"],
            lines.Where(l => l.StartsWith("import ", StringComparison.Ordinal) || l.StartsWith("from ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_no_bundle_is_said_to_be_none()
    {
        await Assert.ThrowsAsync<BundleException>(() => BundleVerifier.VerifyAsync(new MemoryStream([1, 2, 3]), Ct));
        using var empty = new MemoryStream();
        using (new ZipArchive(empty, ZipArchiveMode.Create, leaveOpen: true)) { }
        empty.Position = 0;
        await Assert.ThrowsAsync<BundleException>(() => BundleVerifier.VerifyAsync(empty, Ct));
    }

    private static async Task AssertAgreeAsync(World world, BundleReport report, string said)
    {
        var byScript = said.Split('\n').Where(l => l.StartsWith("figure ", StringComparison.Ordinal)).Select(l => l["figure ".Length..].Split(" = "))
            .ToDictionary(p => p[0], p => p[1] == "-" ? (double?)null : double.Parse(p[1], CultureInfo.InvariantCulture));
        Assert.Equal(report.Figures.Count, byScript.Count);
        var random = new Random(4);
        var asked = report.Figures.Where(f => f.Value is not null).OrderBy(_ => random.Next()).Take(Figures).ToList();
        Assert.Equal(Figures, asked.Count);
        await using var reader = new MetricReader(world.Database.DataSource, world.Clock);
        foreach (var figure in asked)
        {
            Assert.Equal(figure.Value, byScript[figure.Name]);
            Assert.Equal(figure.Value, (await reader.ValueAsync(Question(figure.Name.Split(' ', 4)), Ct)).Value);
        }
    }

    private static MetricQuery Question(string[] name)
    {
        Assert.True(Period.TryParse(name[1], out var period));
        string? Key(string dimension) => name[2] == dimension ? name[3] == "-" ? MetricQuery.None : name[3] : null;
        return new MetricQuery
        {
            Metric = name[0],
            Period = period,
            Team = Key("team"),
            Staff = Key("staff"),
            Region = Key("region"),
            Segment = Key("segment"),
            Channel = Key("channel"),
            Viewer = Viewer.Everything("test"),
        };
    }

    private static async Task AssertFoundAsync(World world, string path, string name, Action<List<string>> change, string found, int problems)
    {
        var tampered = path + ".tampered.zip";
        File.Copy(path, tampered, overwrite: true);
        using (var zip = ZipFile.Open(tampered, ZipArchiveMode.Update))
        {
            List<string> lines;
            using (var reader = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8)) lines = [.. (await reader.ReadToEndAsync(Ct)).Split('\n')];
            change(lines);
            zip.GetEntry(name)!.Delete();
            await using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
            await writer.WriteAsync(string.Join('\n', lines).AsMemory(), Ct);
        }
        var report = await VerifyAsync(tampered);
        Assert.Equal(problems, report.Problems.Count);
        Assert.Contains(report.Problems, p => p.StartsWith(found, StringComparison.Ordinal));
        var (exit, said) = await RunScriptAsync(world, tampered);
        Assert.Equal(1, exit);
        Assert.Contains($"NOT AS SEALED: {found}", said, StringComparison.Ordinal);
    }

    // One bit of what is compressed, whatever becomes of it when it is unpacked.
    private static async Task AssertDamageIsFoundAsync(World world, string path, string name)
    {
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        using (var zip = ZipFile.OpenRead(path)) bytes[DataOf(bytes, name) + (int)(zip.GetEntry(name)!.CompressedLength / 2)] ^= 0b100;
        var damaged = path + ".damaged.zip";
        await File.WriteAllBytesAsync(damaged, bytes, Ct);
        var report = await VerifyAsync(damaged);
        Assert.Contains(report.Problems, problem => problem.Contains(name, StringComparison.Ordinal));
        Assert.Empty(report.Figures);
        var script = Path.Combine(world.NewFolder(), "verify.py");
        File.Copy(Path.Combine(SourceFolder.Root, "analytics/Editions/verify.py"), script);
        var (exit, said) = await RunScriptAsync(script, damaged);
        Assert.Equal(1, exit);
        Assert.Contains($"NOT AS SEALED: {name}", said, StringComparison.Ordinal);
    }

    // Where an entry's data begin: behind its local head, which names it.
    private static int DataOf(byte[] zip, string name)
    {
        for (var at = 0; ; at++)
            if (zip.AsSpan(at).StartsWith("PK\u0003\u0004"u8) && zip.AsSpan(at + LocalHead).StartsWith(Encoding.UTF8.GetBytes(name))) return at + LocalHead + name.Length + BitConverter.ToUInt16(zip, at + 28);
    }

    private static async Task<BundleReport> VerifyAsync(string path)
    {
        await using var file = File.OpenRead(path);
        return await BundleVerifier.VerifyAsync(file, Ct);
    }

    // The one that is in the bundle.
    private static async Task<(int Exit, string Said)> RunScriptAsync(World world, string path)
    {
        var script = Path.Combine(world.NewFolder(), "verify.py");
        using (var zip = ZipFile.OpenRead(path)) zip.GetEntry("verify.py")!.ExtractToFile(script);
        return await RunScriptAsync(script, path);
    }

    private static async Task<(int Exit, string Said)> RunScriptAsync(string script, string path)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", [script, path, "--figures"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, error) = (python.StandardOutput.ReadToEndAsync(Ct), python.StandardError.ReadToEndAsync(Ct));
        await python.WaitForExitAsync(Ct);
        return (python.ExitCode, await said + await error);
    }
}
