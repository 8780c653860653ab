using System.Text;
using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>JSON documents: where the records are, and what a broken document leaves behind.</summary>
public sealed class JsonFileTests
{
    private const string Ann = "{\"source_key\":\"hr:1\",\"occurred_at\":\"2026-03-02T10:00Z\",\"name\":\"Ann\"}";
    private const string Bob = "{\"source_key\":\"hr:2\",\"occurred_at\":\"soon\",\"name\":\"Bob\"}";

    [Theory]
    [InlineData($"[{Ann},{Bob}]")]
    [InlineData($"{Ann} {Bob}")]
    [InlineData($"\n[\n{Ann}\n,\n{Bob}\n]\n")]
    [InlineData($"[[{Ann}],[{Bob}]]")]
    public async Task Outermost_objects_are_the_records_and_are_found_again_by_number(string document)
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.json", document);

        Assert.StartsWith("staff.json record 2: field occurred_at: 'soon'", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Equal(["Ann"], await world.TextsAsync("select name from staff"));
        var batch = new BatchFile("staff.json", (await world.TextsAsync("select sha256 from batch")).Single(), (await world.TextsAsync("select read_as from batch")).Single());
        Assert.Equal(Bob, await world.Kept.ReadRecordAsync(batch, 2, TestContext.Current.CancellationToken));
        Assert.Null(await world.Kept.ReadRecordAsync(batch, 3, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("[]")]
    [InlineData("\uFEFF[]")]
    public async Task A_document_without_records_is_a_batch_of_none(string document)
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.json", document);

        Assert.Equal((FileOutcome.Loaded, 0), (report.Outcome, report.Read));
    }

    [Theory]
    [InlineData($"[{Ann},", 1)]
    [InlineData($"[{Ann}\n,\n{{\"a\":]", 3)]
    [InlineData("[\n\"half", 2)]
    [InlineData("{\"source_key\":\"hr:1\"", 1)]
    public async Task A_broken_document_leaves_nothing_behind_and_says_where(string document, int line)
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.json", document);

        Assert.Equal((FileOutcome.Failed, $"staff.json line {line}: is not valid JSON, or ends in the middle; nothing of it is in."), (report.Outcome, report.Problems.Single()));
        Assert.Equal(0, await world.CountAsync("select count(*) from staff"));
    }

    [Fact]
    public async Task An_object_nested_a_hundred_thousand_deep_is_refused()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.json", $"[{string.Concat(Enumerable.Repeat("{\"a\":", 100_000))}");

        Assert.Equal(FileOutcome.Failed, report.Outcome);
    }

    [Fact]
    public async Task Records_larger_than_the_buffer_and_many_of_them_are_all_read()
    {
        await using var world = await World.CreateAsync();
        var document = new StringBuilder("[");
        for (var i = 0; i < 3000; i++)
            document.Append(i == 0 ? "" : ",").Append($"{{\"source_key\":\"hr:{i}\",\"occurred_at\":\"2026-03-02T10:00Z\",\"name\":\"{new string('x', i % 1000 == 7 ? 200_000 : 40)}\"}}");

        var report = await world.LoadFileAsync("staff.json", document.Append(']').ToString());

        Assert.Equal([], report.Problems);
        Assert.Equal(["3000 200000"], await world.TextsAsync("select count(*) || ' ' || max(length(name)) from staff"));
    }

    [Fact]
    public async Task Utf_16_and_bytes_that_are_no_utf_8_are_told_apart()
    {
        await using var world = await World.CreateAsync();
        var bad = Encoding.UTF8.GetBytes(Bob.Replace("soon", "2026-03-02T10:00Z", StringComparison.Ordinal));
        bad[^4] = 0xFF;

        var wide = await world.LoadFileAsync("staff.json", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes($"[{Ann}]")]);
        var broken = await world.LoadFileAsync("staff.json", [.. "["u8, .. bad, .. "]"u8]);

        Assert.Equal(1, wide.Added);
        Assert.Equal("staff.json record 1: field name: is not valid UTF-8; expected the file saved as UTF-8.", Assert.Single(broken.Problems));
    }
}
