using System.Text.Json;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Mappings;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Mappings;

/// <summary>Every mapping that ships is sound and says what it is; the schema beside them is the one the reader goes by.</summary>
public sealed class ShippedMappingTests
{
    private static readonly string Folder = Path.Combine(SourceFolder.Root, "ingest/Mappings");

    public static TheoryData<string> Shipped => [.. MappingCatalogue.Shipped];

    [Theory]
    [MemberData(nameof(Shipped))]
    public async Task A_shipped_mapping_is_sound_and_named_after_its_file(string name)
    {
        var mapping = Assert.Single(await MappingCatalogue.FindAsync(name, new OwnMappings(DataFolder.At("nowhere")), TestContext.Current.CancellationToken));

        Assert.Equal(name, mapping.Name);
        var lines = await File.ReadAllLinesAsync(Path.Combine(Folder, name + ".yaml"), TestContext.Current.CancellationToken);
        Assert.Equal("# yaml-language-server: $schema=mapping.schema.json", lines[0]);
        Assert.StartsWith("# ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_what_the_reader_accepts()
    {
        var kept = await File.ReadAllTextAsync(Path.Combine(Folder, "mapping.schema.json"), TestContext.Current.CancellationToken);

        Assert.Equal(MappingSchema.Text(), kept.TrimEnd());
        var root = JsonDocument.Parse(kept).RootElement;
        Assert.Equal(MappingFile.Names.Order(), root.GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(MappingFile.FactNames.Order(), root.GetProperty("$defs").GetProperty("fact").GetProperty("properties").EnumerateObject().Select(p => p.Name).Order());
    }

    [Fact]
    public async Task The_example_in_the_readme_is_sound()
    {
        var readme = await File.ReadAllLinesAsync(Path.Combine(SourceFolder.Root, "ingest/README.md"), TestContext.Current.CancellationToken);
        var example = readme.SkipWhile(l => !l.StartsWith("    # yaml-language-server", StringComparison.Ordinal)).TakeWhile(l => l.StartsWith("    ", StringComparison.Ordinal)).Select(l => l[4..]);

        var mapping = MappingFile.Read(string.Join('\n', example), "README.md");

        Assert.Equal(["account", "interaction"], mapping.Tables.Select(t => t.Name));
    }

    [Fact]
    public async Task A_system_stands_for_all_its_mappings()
    {
        var mappings = await MappingCatalogue.FindAsync("salesforce", new OwnMappings(DataFolder.At("nowhere")), TestContext.Current.CancellationToken);

        Assert.Equal(["salesforce_account", "salesforce_case", "salesforce_contact", "salesforce_opportunity", "salesforce_task"], mappings.Select(m => m.Name).Order());
    }
}
