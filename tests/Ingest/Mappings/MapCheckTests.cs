using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Mappings;

/// <summary>Trying a mapping on a file: no database is needed, and nothing is written.</summary>
public sealed class MapCheckTests
{
    private const string Map = """
        name: calls
        files: "*"
        empty: ["n/a", "-"]
        optional: [note]
        facts:
          - fact: staff
            when: { first_of: agent, present: agent }
            columns: { source_key: "pbx:{agent}", name: "{agent}", occurred_at: "{at}", title: "{note}" }
        """;

    [Fact]
    public async Task It_shows_the_first_rows_and_counts_the_problems_of_each_column()
    {
        var report = await CheckAsync("calls.csv", "agent,at\nAnn,2026-03-02T10:00Z\nAnn,2026-03-02T11:00Z\nn/a,2026-03-02T11:00Z\nBob,soon\nCy,later\nDee,-\n");

        Assert.Equal(6, report.Records);
        var sample = Assert.Single(report.Samples);
        Assert.Equal(("line 2", "staff"), (sample.Where, sample.Fact));
        Assert.Equal(["source_key=pbx:Ann", "occurred_at=2026-03-02T10:00:00+00:00", "deleted=false", "name=Ann"], sample.Values.Select(v => $"{v.Key}={v.Value}"));
        Assert.Equal(["staff occurred_at bad_instant 2", "staff occurred_at missing 1"], report.Problems.Select(p => $"{p.Fact} {p.Field} {p.Reason} {p.Count}"));
        Assert.StartsWith("line 5: field occurred_at: 'soon'", report.Problems[0].First, StringComparison.Ordinal);
        Assert.Equal(["note"], report.NeverSeen);
    }

    [Fact]
    public async Task A_field_that_no_json_record_has_is_told()
    {
        var report = await CheckAsync("calls.jsonl", "{\"agnet\":\"Ann\",\"at\":\"2026-03-02T10:00Z\"}\n");

        Assert.Equal((1, 0), (report.Records, report.Facts.Count));
        Assert.Equal(["agent", "note"], report.NeverSeen);
    }

    [Fact]
    public async Task A_header_that_does_not_fit_is_refused()
    {
        var refused = await Assert.ThrowsAsync<SourceFileException>(() => CheckAsync("calls.csv", "agnet,at\n"));

        Assert.Equal("calls.csv line 1: column 'agent' is missing, which the mapping calls reads (did you mean 'agnet'?).", refused.Message);
    }

    [Fact]
    public async Task What_the_rules_will_miss_in_sound_rows_is_told_and_so_are_the_accounts_that_the_file_does_not_bring()
    {
        const string map = """
            name: books
            files: "*"
            facts:
              - fact: account
                when: { first_of: customer, present: name }
                columns: { source_key: "erp:{customer}", name: "{name}", occurred_at: "{day}" }
              - fact: invoice
                columns: { source_key: "erp:{no}", account: "erp:{customer}", number: "{no}", occurred_at: "{day}", amount: "{net}", currency: EUR, sent_at: "{sent}" }
            """;
        const string rows = "no,customer,name,day,net,sent\n1,a,Acme,2026-03-02T10:00Z,5,\n2,b,,2026-03-03T10:00Z,6,\n3,b,,2026-03-03T10:00Z,6,";
        var unsent = await CheckAsync("books.csv", rows + "\n", map);
        Assert.StartsWith("No invoice says when it was sent.", Assert.Single(unsent.Advice), StringComparison.Ordinal);
        Assert.Equal(new Dictionary<string, long> { ["erp:b"] = 2 }, unsent.Accounts);
        Assert.Empty((await CheckAsync("books.csv", rows + "2026-03-04T10:00Z\n", map)).Advice);
    }

    private static async Task<MapReport> CheckAsync(string name, string content, string map = Map)
    {
        var folder = TestFolder.Create("map-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
            return await new MapCheck(MappingFile.Read(map, "calls.yaml"), path, name).RunAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
