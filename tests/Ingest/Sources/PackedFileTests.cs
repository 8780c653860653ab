using System.IO.Compression;
using System.Text;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>Packed files: what is inside counts, and a damaged or lying one leaves nothing behind.</summary>
public sealed class PackedFileTests
{
    private const string Staff = "source_key,occurred_at,name\nhr:1,2026-03-02T10:00Z,Ann\nhr:2,soon,Bob\n";

    [Theory]
    [InlineData("staff.csv.gz")]
    [InlineData("staff.zip")]
    [InlineData("staff.csv.zip")]
    public async Task A_packed_file_is_loaded_and_its_lines_are_found_again(string name)
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync(name, name.EndsWith("gz", StringComparison.Ordinal) ? Gzip(Bytes(Staff)) : Zip(("staff.csv", Staff)));

        Assert.StartsWith($"{name} line 3: field occurred_at: 'soon'", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Equal(["Ann"], await world.TextsAsync("select name from staff"));
        var batch = new BatchFile(name, (await world.TextsAsync("select sha256 from batch")).Single(), (await world.TextsAsync("select read_as from batch")).Single());
        Assert.Equal("hr:2,soon,Bob", await world.Kept.ReadRecordAsync(batch, 3, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(95)]
    public async Task A_truncated_gzip_leaves_nothing_behind(int percent)
    {
        await using var world = await World.CreateAsync();
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"hr:{i},2026-03-02T10:00Z,Ann {i * 7919 % 20_011}\n"));
        var whole = Gzip(Bytes("source_key,occurred_at,name\n" + rows));

        var report = await world.LoadFileAsync("staff.csv.gz", whole[..(whole.Length * percent / 100)]);

        Assert.Equal(FileOutcome.Failed, report.Outcome);
        Assert.StartsWith("staff.csv.gz: is damaged or ends in the middle; nothing of it is in.", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Equal(["0", "0"], await world.TextsAsync("select count(*) from staff union all select count(*) from batch"));
    }

    [Fact]
    public async Task A_file_that_unpacks_to_hundreds_of_times_its_size_is_stopped()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.csv.gz", Gzip(Repeat((byte)'\n', 120 << 20)));

        Assert.Equal(FileOutcome.Failed, report.Outcome);
        Assert.StartsWith("staff.csv.gz: unpacks to more than 200 times its size; stopped after", Assert.Single(report.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zip_holds_one_file_and_its_inner_path_goes_nowhere()
    {
        await using var world = await World.CreateAsync();

        var two = await world.LoadFileAsync("staff.zip", Zip(("a.csv", Staff), ("b.csv", Staff)));
        var climbing = await world.LoadFileAsync("staff.zip", Zip(("../../../staff.csv", Staff)));
        var none = await world.LoadFileAsync("staff.zip", Bytes("PK no zip at all"));
        var picture = await world.LoadFileAsync("staff.zip", Zip(("photo.png", Staff)));

        Assert.Equal("staff.zip: holds 2 files; expected one.", Assert.Single(two.Problems));
        Assert.Equal((FileOutcome.Loaded, 1), (climbing.Outcome, climbing.Added));
        Assert.StartsWith("staff.zip: is no sound zip file, or ends in the middle; nothing of it is in.", Assert.Single(none.Problems), StringComparison.Ordinal);
        Assert.StartsWith("staff.zip: expected a .csv,", Assert.Single(picture.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latin1", "José")]
    [InlineData("windows-1252", "Zoë – “Ann”")]
    [InlineData("utf-16", "Žofie")]
    public async Task A_declared_encoding_is_honoured(string name, string text)
    {
        await using var world = await World.CreateAsync();
        var encoding = name == "windows-1252" ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.GetEncoding(name);
        var yaml = Path.Combine(world.NewFolder(), "hr.yaml");
        await File.WriteAllTextAsync(yaml, $$"""
            name: hr
            files: "*.csv"
            encoding: {{name}}
            facts:
              - fact: staff
                columns: { source_key: "{source_key}", occurred_at: "{occurred_at}", name: "{name}" }
            """, TestContext.Current.CancellationToken);

        var report = await world.LoadFileAsync("staff.csv", encoding.GetBytes($"source_key,occurred_at,name\nhr:1,2026-03-02T10:00Z,{text}\n"), yaml);

        Assert.Equal([], report.Problems);
        Assert.Equal([text], await world.TextsAsync("select name from staff"));
    }

    internal static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(content);
        return packed.ToArray();
    }

    private static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Bytes(content));
            }
        return packed.ToArray();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Repeat(byte value, int times)
    {
        var bytes = new byte[times];
        Array.Fill(bytes, value);
        return bytes;
    }
}
