using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>JSON lines: an object a line, strictly read, one bad line at a time.</summary>
public sealed class JsonLinesFileTests
{
    private const string Ann = """{"source_key":"hr:1","occurred_at":"2026-03-02T10:00Z","name":"Ann"}""";
    private const string Expected = "expected one JSON object a line, each name once, at most 32 deep";

    [Theory]
    [InlineData("not json", $"is not valid JSON (at byte 1); {Expected}")]
    [InlineData("""{"source_key":"hr:2" """, $"is not valid JSON (at byte 21); {Expected}")]
    [InlineData("[1,2]", $"is no JSON object; {Expected}")]
    [InlineData("""{"source_key":"hr:2","source_key":"hr:3","occurred_at":"2026-03-02T10:00Z","name":"Bob"}""", $"is not valid JSON, or has a name twice in one object; {Expected}")]
    [InlineData("""{"a":{"b":1},"a.b":2}""", $"names 'a.b' twice; {Expected}")]
    [InlineData("""{"source_key":"hr:2","occurred_at":"2026-03-02T10:00Z","name":"half \ud83d"}""", $"holds half a character (a lone surrogate); {Expected}")]
    [InlineData("""{"source_key":"hr:2","occurred_at":"2026-03-02T10:00Z","name":"NUL \u0000"}""", "field name: holds a NUL byte, which no text can")]
    [InlineData("""{"source_key":"hr:2","occurred_at":"2026-03-02T10:00Z","nmae":"Bob"}""", "column 'nmae' is no column of staff (did you mean 'name'?); expected some of source_key, occurred_at, source_modified_at, deleted, name, email, title, manager_key, ended_at")]
    [InlineData("""{"source_key":"hr:2","occurred_at":"2026-03-02T10:00Z"}""", "field name: is empty; expected a value, because the fact has no meaning without it")]
    [InlineData("""{"source_key":"hr:2","occurred_at":"2026-03-02T10:00Z","name":null}""", "field name: is empty; expected a value, because the fact has no meaning without it")]
    public async Task A_bad_line_is_rejected_and_its_neighbours_go_in(string line, string message)
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.jsonl", $"{Ann}\n\n{line}\n{Ann.Replace("hr:1", "hr:9", StringComparison.Ordinal)}\n");

        Assert.Equal($"staff.jsonl line 3: {message}.", Assert.Single(report.Problems));
        Assert.Equal((3, 2, 1), (report.Read, report.Added, report.Rejected));
        var hash = (await world.TextsAsync("select sha256 from batch")).Single();
        Assert.Equal(line, await world.Kept.ReadRecordAsync(new BatchFile("staff.csv", hash, ""), 3, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_object_nested_beyond_reason_rejects_its_line_alone()
    {
        await using var world = await World.CreateAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);

        var report = await world.LoadFileAsync("staff.jsonl", $"{deep}\n{Ann}\n");

        Assert.StartsWith("staff.jsonl line 1: is not valid JSON", Assert.Single(report.Problems), StringComparison.Ordinal);
        Assert.Equal((2, 1, 1), (report.Read, report.Added, report.Rejected));
    }

    [Fact]
    public async Task Numbers_flags_and_nulls_are_read_as_they_stand()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));

        var report = await world.LoadFileAsync("proposal.ndjson", """
            {"source_key":"p:1","occurred_at":"2026-03-02T10:00Z","account":"crm:1","revision":2,"complete":true,"amount":12345678901234567890.125,"currency":null}
            {"source_key":"p:2","occurred_at":"2026-03-02T10:00Z","account":"crm:1","revision":2,"complete":true,"amount":1e400}
            """);

        Assert.Equal("proposal.ndjson line 2: field amount: '1e400' is no plain decimal; expected digits with a point, for example 1234.56.", Assert.Single(report.Problems));
        Assert.Equal(["2 true 12345678901234567890.125"], await world.TextsAsync("select revision || ' ' || complete || ' ' || amount from proposal"));
    }

    [Fact]
    public async Task Rows_with_quotes_in_them_are_read_back_one_line_each()
    {
        await using var world = await World.CreateAsync();
        const string quoted = """{"source_key":"hr:1","occurred_at":"soon","name":"5\" pipe"}""";

        await world.LoadFileAsync("staff.jsonl", $"{quoted}\n{Ann}\n");

        var hash = (await world.TextsAsync("select sha256 from batch")).Single();
        Assert.Equal(quoted, await world.Kept.ReadRecordAsync(new BatchFile("staff.csv", hash, ""), 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Csv_and_json_lines_give_the_same_facts()
    {
        await using var csv = await World.CreateAsync();
        await csv.LoadFileAsync("staff.csv", "source_key,occurred_at,name\nhr:1,2026-03-02T10:00Z,Ann\n");
        await using var json = await World.CreateAsync();
        await json.LoadFileAsync("staff.jsonl", Ann);

        Assert.Equal(await csv.FactsAsync(), await json.FactsAsync());
        Assert.Single(await json.FactsAsync());
    }

    [Fact]
    public async Task An_empty_file_is_a_batch_of_none()
    {
        await using var world = await World.CreateAsync();

        var report = await world.LoadFileAsync("staff.jsonl", "");

        Assert.Equal((FileOutcome.Loaded, 0), (report.Outcome, report.Read));
    }
}
