using Followthrough.Tests.Support;

namespace Followthrough.Tests.Ingest.Loading;

/// <summary>The folder of received files, and files that do not hold still.</summary>
public sealed class KeptFilesTests
{
    private const string Staff = "source_key,occurred_at,name\nhr:1,2026-03-02T10:00Z,Ann\n";

    [Fact]
    public async Task What_a_killed_load_had_begun_to_copy_is_cleared_away_and_what_another_is_writing_is_not()
    {
        await using var world = await World.CreateAsync();
        await world.LoadFileAsync("staff.csv", Staff);
        var kept = Path.Combine(world.Folder, "kept");
        var (abandoned, young, writing) = (Path.Combine(kept, ".incoming-1"), Path.Combine(kept, ".incoming-2"), Path.Combine(kept, ".incoming-3"));
        foreach (var file in new[] { abandoned, young, writing }) await File.WriteAllTextAsync(file, "half", TestContext.Current.CancellationToken);
        await using var writer = new FileStream(writing, FileMode.Open, FileAccess.Write, FileShare.None);
        foreach (var file in new[] { abandoned, writing }) File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        await world.LoadFileAsync("staff.csv", Staff + "hr:2,2026-03-02T10:00Z,Bob\n");

        Assert.Equal((false, true, true), (File.Exists(abandoned), File.Exists(young), File.Exists(writing)));
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_was_when_the_copy_began_is_refused()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs a file whose size is not what can be read of it.");
        await using var world = await World.CreateAsync();
        var path = Path.Combine(world.NewFolder(), "staff.csv");
        // The kernel says 0 bytes and gives more, as a file does that grows under the reader.
        File.CreateSymbolicLink(path, "/proc/self/status");

        var report = Assert.Single((await world.LoadPathAsync(path)).Files);

        Assert.Equal("staff.csv: changes while it is read; send it again when it is complete.", Assert.Single(report.Problems));
        Assert.Equal(0, await world.CountAsync("select count(*) from batch"));
    }
}
