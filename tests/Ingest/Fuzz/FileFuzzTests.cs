using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Fuzz;

/// <summary>Damaged files: every record becomes a fact or is rejected with a reason, or the file is refused whole with one; nothing else happens.</summary>
public sealed class FileFuzzTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = TestFolder.Create("fuzz-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("interaction.csv", 1200)]
    [InlineData("till.csv", 1000)]
    [InlineData("till.csv.gz", 300)]
    [InlineData("till.json", 800)]
    [InlineData("interaction.jsonl", 700)]
    [InlineData("till.xlsx", 600)]
    public async Task Every_record_of_a_damaged_file_is_explained(string name, int cases)
    {
        var tally = await Cases.RunAsync(output, cases, async random => await ReadAsync(name, DamagedOf(name, random)));

        // Damage is neither always fatal nor never noticed.
        Assert.True(tally.Count >= 2, string.Join(' ', tally.Keys));
    }

    [Fact]
    public async Task A_damaged_file_is_in_the_store_whole_and_balanced_or_not_at_all()
    {
        await using var world = await World.CreateAsync();
        await world.LoadAsync(Given.Account("crm:1"));
        var yaml = Path.Combine(_folder.FullName, "till.yaml");
        await File.WriteAllTextAsync(yaml, FuzzCorpus.TillText, Cancellation);
        string[] names = ["interaction.csv", "till.csv", "till.json", "interaction.jsonl", "till.xlsx"];
        await Cases.RunAsync(output, 150, async random =>
        {
            var name = names[random.Next(names.Length)];
            var batches = await world.CountAsync("select count(*) from batch");
            // The world itself asserts that the rows of a report add up.
            var report = await world.LoadFileAsync(name, DamagedOf(name, random), name.StartsWith("till", StringComparison.Ordinal) ? yaml : null);
            Assert.Equal(report.Outcome == FileOutcome.Loaded ? batches + 1 : batches, await world.CountAsync("select count(*) from batch"));
            Assert.True(report.Outcome == FileOutcome.Loaded || report.Problems is [{ Length: > 10 }], name);
            return report.Outcome.ToString();
        });

        Assert.Equal(
            await world.TextsAsync("select sum(rejected)::text from batch"),
            await world.TextsAsync("select count(*)::text from quarantine"));
        Assert.Empty(await world.TextsAsync("select reason from quarantine where reason = '' or message = '' or record = ''"));
        Assert.Empty(await world.TextsAsync("select name from batch where read <> added + changed + unchanged + rejected"));
    }

    // Half of the files are sound as such, and only what stands in them is not.
    private static byte[] DamagedOf(string name, Random random) => Path.GetExtension(name) is (".csv" or ".json" or ".xlsx") and var ending
        && name.StartsWith("till", StringComparison.Ordinal) && random.Next(2) == 0 ? FuzzCorpus.WithWrongValues(ending, random) : BrokenOf(name, random);

    private static byte[] BrokenOf(string name, Random random) => name switch
    {
        "interaction.csv" => Mutation.Of(FuzzCorpus.CanonicalInteractions, random),
        "till.csv" => Mutation.Of(FuzzCorpus.MappedCsv, random),
        "till.csv.gz" => random.Next(2) == 0 ? Mutation.Of(FuzzCorpus.Gzip(FuzzCorpus.MappedCsv), random) : FuzzCorpus.Gzip(Mutation.Of(FuzzCorpus.MappedCsv, random)),
        "till.json" => Mutation.Of(FuzzCorpus.Json, random),
        "interaction.jsonl" => Mutation.Of(FuzzCorpus.JsonLines, random),
        _ => random.Next(3) == 0 ? Mutation.Of(FuzzCorpus.Workbook, random) : FuzzCorpus.DamagedPart(random),
    };

    private async Task<string> ReadAsync(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllBytesAsync(path, bytes, Cancellation);
        var mapping = name.StartsWith("till", StringComparison.Ordinal) ? FuzzCorpus.Till : CanonicalMapping.For(FactTable.Find("interaction")!);
        try
        {
            return await RowsAsync(path, name, mapping);
        }
        catch (SourceFileException refused)
        {
            Assert.StartsWith(name[..name.IndexOf('.', StringComparison.Ordinal)], refused.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
            return "refused whole";
        }
    }

    private static async Task<string> RowsAsync(string path, string name, Mapping mapping)
    {
        var rejected = 0;
        using var source = SourceFile.Open(path, name, mapping.Reading);
        var run = mapping.Begin();
        var last = 0L;
        await foreach (var record in source.ReadAsync(mapping.ProblemOfHeader, Cancellation))
        {
            Assert.True(record.Line > last, "positions go up");
            last = record.Line;
            foreach (var row in run.Map(record))
            {
                if (row.Cells is not null) continue;
                rejected++;
                Assert.False(string.IsNullOrEmpty(row.Reason) || string.IsNullOrEmpty(row.Message));
                // Quarantine can hold it, whatever was in it.
                Assert.DoesNotContain('\0', row.Message);
                Assert.NotEmpty(record.ToJson());
            }
        }
        return rejected > 0 ? "with rejected records" : "sound";
    }
}
