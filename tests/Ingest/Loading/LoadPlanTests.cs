using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>Which files of a path are taken, and what is said of the others.</summary>
public sealed class LoadPlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_path_that_is_not_there_says_so()
    {
        await using var world = World.Over(database);
        var path = Path.Combine(world.NewFolder(), "nothing");

        var refused = await Assert.ThrowsAsync<SourceFileException>(() => world.LoadPathAsync(path));

        Assert.Equal($"{path}: there is no such file or folder.", refused.Message);
    }

    [Fact]
    public async Task A_folder_without_files_says_what_it_should_hold()
    {
        await using var world = World.Over(database);
        var folder = world.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "readme.txt"), "hello", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<SourceFileException>(() => world.LoadPathAsync(folder));

        Assert.Equal($"{folder}: holds no .csv, .tsv, .jsonl, .ndjson, .json or .xlsx file, also as .gz or .zip; expected files named after facts, for example account.csv, or as one of your mappings says.", refused.Message);
    }

    [Fact]
    public async Task A_file_named_after_no_fact_fails_and_does_not_stop_the_others()
    {
        await using var world = World.Over(database);
        var folder = world.NewFolder();
        await CanonicalCsv.WriteAsync(folder, [Given.Account("crm:1")], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "acount.csv"), "source_key\n", TestContext.Current.CancellationToken);

        var report = await world.LoadPathAsync(folder);

        Assert.Equal(2, report.ExitCode);
        var failed = report.Files.Single(f => f.Outcome == FileOutcome.Failed);
        Assert.StartsWith("acount.csv: there is no fact 'acount' (did you mean 'account'?); expected a file named after one of calendar, ", failed.Problems[0], StringComparison.Ordinal);
        Assert.Equal(1, report.Files.Single(f => f.Name == "account.csv").Added);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        await using var world = World.Over(database);

        var report = await world.LoadFileAsync("account.pdf", "%PDF");

        Assert.Equal((FileOutcome.Failed, "account.pdf: expected a .csv, .tsv, .jsonl, .ndjson, .json or .xlsx file, also as .gz or .zip."), (report.Outcome, report.Problems[0]));
    }

    [Fact]
    public async Task Accounts_are_loaded_before_what_refers_to_them_whatever_the_files_are_called()
    {
        await using var world = World.Over(database);
        var folder = world.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "interaction-1.csv"), CanonicalCsv.Of([Given.Inbound("crm:9", "2026-03-02T10:00Z")]), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "account.west.csv"), CanonicalCsv.Of([Given.Account("crm:9")]), TestContext.Current.CancellationToken);

        var report = await world.LoadPathAsync(folder);

        Assert.Equal(["account.west.csv", "interaction-1.csv"], report.Files.Select(f => f.Name));
        Assert.Equal(0, report.ExitCode);
    }
}
