using Followthrough.Ingest.Loading;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>Files of which nobody says the mapping, and what is said of many records at once.</summary>
public sealed class OwnMappingLoadTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_is_loaded_by_the_mappings_whose_files_are_called_so()
    {
        await using var world = World.Over(database);
        var folder = world.NewFolder();
        await SaveAsync(world, "anrufe", "anrufe*.csv");
        await CanonicalCsv.WriteAsync(folder, [Given.Account("crm:1")], Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "anrufe-09.csv"), "nr;name\n7;Ann\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "other.csv"), "nr;name\n7;Ann\n", Ct);

        var report = await world.LoadPathAsync(folder);

        Assert.Equal(("anrufe", 1), Of(report, "anrufe-09.csv"));
        Assert.Equal(("canonical:account", 1), Of(report, "account.csv"));
        Assert.Equal(FileOutcome.Failed, report.Files.Single(f => f.Name == "other.csv").Outcome);
    }

    [Fact]
    public async Task Of_a_file_that_is_called_like_a_fact_its_columns_say_which_it_is()
    {
        await using var world = World.Over(database);
        await SaveAsync(world, "people", "staff*.csv");

        Assert.Equal(("people", 1), Of(await world.LoadFileAsync("staff.csv", "nr;name\n8;Bob\n")));
        Assert.Equal(("canonical:staff", 1), Of(await world.LoadFileAsync("staff.csv", "source_key,occurred_at,name\nhr:9,2020-01-01T00:00:00Z,Cy\n")));
    }

    [Fact]
    public async Task A_file_that_two_mappings_read_is_not_guessed_at()
    {
        await using var world = World.Over(database);
        await SaveAsync(world, "north", "people*.csv");
        await SaveAsync(world, "south", "people*.csv");

        var report = await world.LoadFileAsync("people.csv", "nr;name\n8;Bob\n");

        Assert.Equal((FileOutcome.Failed, "people.csv: several of your mappings read files of this name. Expected --mapping with one of north, south."), (report.Outcome, report.Problems[0]));
    }

    [Fact]
    public async Task What_is_wrong_with_many_records_is_said_once()
    {
        await using var world = World.Over(database);
        var rows = string.Concat(Enumerable.Range(1, 42).Select(i => $"crm:{i},2026-05-01T00:00:00Z,crm:nobody{i},Ann\n"));

        var report = await world.LoadFileAsync("contact.csv", "source_key,occurred_at,account,name\n" + rows + "x:1,soon,crm:1,Bob\nx:2,soon,crm:1,Cy\n");

        Assert.Equal(44, report.Rejected);
        Assert.Equal(2, report.Problems.Count);
        Assert.StartsWith("contact.csv lines 44, 45 (2 in all): field occurred_at: 'soon'", report.Problems[0], StringComparison.Ordinal);
        Assert.StartsWith("contact.csv lines 2, 3, 4, … (42 in all): field account: there is no account 'crm:nobody1'", report.Problems[1], StringComparison.Ordinal);
    }

    private static (string?, long) Of(LoadReport report, string file) => Of(report.Files.Single(f => f.Name == file));

    private static (string?, long) Of(FileReport file) => (file.Mapping, file.Added);

    private static Task<int> SaveAsync(World world, string name, string files) => world.Kept.OwnMappings.SaveAsync(name, $$"""
        name: {{name}}
        files: "{{files}}"
        facts:
          - fact: staff
            columns: { source_key: "{{name}}:{nr}", name: "{name}", occurred_at: "2020-01-01T00:00:00Z" }
        """, "ann", world.Clock.GetUtcNow(), Ct);
}
