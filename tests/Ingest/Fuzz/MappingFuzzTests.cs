using System.Text;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Fuzz;

/// <summary>Damaged mapping files: refused in words that name the file, or good for any record.</summary>
public sealed class MappingFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Shipped =
        [.. MappingCatalogue.Shipped.Select(n => File.ReadAllText(Path.Combine(SourceFolder.Root, "ingest/Mappings", $"{n}.yaml"))), FuzzCorpus.TillText];

    [Fact]
    public async Task A_damaged_mapping_is_refused_by_name_or_reads_records_without_a_crash()
    {
        var tally = await Cases.RunAsync(output, 1500, random =>
        {
            var text = Encoding.UTF8.GetString(Mutation.Of(Encoding.UTF8.GetBytes(Shipped[random.Next(Shipped.Length)]), random));
            try
            {
                return Task.FromResult(Use(MappingFile.Read(text, "damaged.yaml"), random));
            }
            catch (MappingException refused)
            {
                Assert.StartsWith("damaged.yaml", refused.Message, StringComparison.Ordinal);
                return Task.FromResult("refused");
            }
        });

        Assert.True(tally.Keys.Count() >= 2);
    }

    [Theory]
    [InlineData(200, "[")]
    [InlineData(100_000, "[")]
    [InlineData(100_000, "{a: ")]
    [InlineData(100_000, "- ")]
    public void However_deep_it_is_nested_it_is_refused(int depth, string opening) =>
        Assert.StartsWith("deep.yaml", Assert.Throws<MappingException>(
            () => MappingFile.Read($"name: a\nfiles: b\nfacts: {string.Concat(Enumerable.Repeat(opening, depth))}", "deep.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mapping_that_means_itself_or_a_billion_of_the_same_is_refused()
    {
        var laughs = string.Concat(Enumerable.Range(1, 12).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.Throws<MappingException>(() => MappingFile.Read($"a0: &a0 [x]\n{laughs}name: a\nfiles: b\nfacts: *a12\n", "laughs.yaml"));
        Assert.Throws<MappingException>(() => MappingFile.Read($"name: a\nfiles: b\nempty: &e [*e]\nfacts: []\n", "self.yaml"));
    }

    private static string Use(Mapping mapping, Random random)
    {
        var names = mapping.Used.Concat(["id"]).Distinct().ToList();
        string?[] values = [null, "", "1", "2026-03-02T10:00:00Z", "[{\"a\":1}]", "1e309", "x", "=1", "\ud800", "\0"];
        var record = new SourceRecord(1, new RecordShape(names), [.. names.Select(_ => values[random.Next(values.Length)])]);
        var rows = mapping.Begin().Map(record).ToList();
        Assert.All(rows.Where(r => r.Cells is null), r => Assert.False(string.IsNullOrEmpty(r.Reason) || string.IsNullOrEmpty(r.Message)));
        return rows.Count == 0 ? "taken, wants nothing" : "taken";
    }
}
