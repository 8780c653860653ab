using System.Diagnostics;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;
using Followthrough.Tests.Support;
using Npgsql;

namespace Followthrough.Tests.Ingest.Sources;

/// <summary>A folder in which files are dropped: complete ones are taken, once, and only files.</summary>
public sealed class WatchTests
{
    private const string Header = "source_key,occurred_at,name\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_taken_once_it_stands_still_and_a_report_lies_beside_it()
    {
        await using var world = await World.CreateAsync();
        var (folder, watch, said) = Watching(world);
        var file = Path.Combine(folder, "staff.csv");
        await File.WriteAllTextAsync(file, Header, Cancellation);

        await watch.LookAsync(Cancellation);
        await File.AppendAllTextAsync(file, "hr:1,2026-03-02T10:00Z,Ann\nhr:2,soon,Bob\n", Cancellation);
        await watch.LookAsync(Cancellation);
        Assert.True(File.Exists(file));
        Assert.Equal(0, await world.CountAsync("select count(*) from batch"));

        await watch.LookAsync(Cancellation);

        Assert.False(File.Exists(file));
        Assert.Equal(["staff.csv", "staff.csv.report.txt"], Names(watch.Done));
        var report = await File.ReadAllLinesAsync(Path.Combine(watch.Done, "staff.csv.report.txt"), Cancellation);
        Assert.Equal("staff.csv: loaded. 2 read, 1 new, 0 changed, 0 unchanged, 1 rejected.", report[0]);
        Assert.StartsWith("staff.csv line 3: field occurred_at: 'soon'", report[2], StringComparison.Ordinal);
        Assert.Equal([report[0]], said);
    }

    [Fact]
    public async Task The_same_content_again_is_said_to_be_loaded_and_a_wrong_file_goes_to_failed()
    {
        await using var world = await World.CreateAsync();
        var (folder, watch, said) = Watching(world);
        foreach (var name in new[] { "staff.csv", "staff-2.csv" }) await File.WriteAllTextAsync(Path.Combine(folder, name), Header + "hr:1,2026-03-02T10:00Z,Ann\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "weather.csv"), "a,b\n", Cancellation);
        await TwiceAsync(watch);
        await File.WriteAllTextAsync(Path.Combine(folder, "staff.csv"), Header + "hr:3,2026-03-02T10:00Z,Cyril\n", Cancellation);
        await TwiceAsync(watch);

        Assert.Contains("already loaded", string.Join('\n', said), StringComparison.Ordinal);
        Assert.Equal(["staff-2.csv", "staff-2.csv.report.txt", "staff.csv", "staff.csv.2", "staff.csv.2.report.txt", "staff.csv.report.txt"], Names(watch.Done));
        Assert.Equal(["weather.csv", "weather.csv.report.txt"], Names(watch.Failed));
        Assert.Equal(["Ann", "Cyril"], await world.TextsAsync("select name from staff order by 1"));
    }

    [Fact]
    public async Task Links_pipes_and_folders_are_left_alone_and_never_opened()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Pipes are made with mkfifo.");
        await using var world = await World.CreateAsync();
        var (folder, watch, said) = Watching(world);
        var elsewhere = Path.Combine(world.NewFolder(), "staff.csv");
        await File.WriteAllTextAsync(elsewhere, Header + "hr:1,2026-03-02T10:00Z,Ann\n", Cancellation);
        File.CreateSymbolicLink(Path.Combine(folder, "staff.csv"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(folder, "team.csv"), "/dev/zero");
        Directory.CreateDirectory(Path.Combine(folder, "contact.csv"));
        using (var mkfifo = Process.Start("mkfifo", [Path.Combine(folder, "account.csv")])) await mkfifo.WaitForExitAsync(Cancellation);

        await TwiceAsync(watch);

        Assert.Equal(4, said.Count);
        Assert.All(said, s => Assert.EndsWith("is a folder, link, pipe or device; expected a file. It is left where it is.", s, StringComparison.Ordinal));
        Assert.Equal(0, await world.CountAsync("select count(*) from batch"));
    }

    [Fact]
    public async Task Hidden_and_unfinished_files_are_passed_over_and_the_oldest_goes_first()
    {
        await using var world = await World.CreateAsync();
        var (folder, watch, said) = Watching(world);
        foreach (var (name, minute) in new[] { ("staff-b.csv", 1), ("staff-a.csv", 2), (".staff.csv", 0), ("staff.csv.part", 0) })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), $"{Header}hr:{name},2026-03-02T10:00Z,Ann\n", Cancellation);
            File.SetLastWriteTimeUtc(Path.Combine(folder, name), new DateTime(2026, 6, 1, 12, minute, 0, DateTimeKind.Utc));
        }

        await TwiceAsync(watch);

        Assert.Equal(["staff-b.csv", "staff-a.csv"], said.Select(s => s[..s.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Hundreds_of_small_files_leave_no_file_open()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Open files are counted in /proc.");
        await using var world = await World.CreateAsync();
        var (folder, watch, said) = Watching(world);
        for (var i = 0; i < 300; i++) await File.WriteAllTextAsync(Path.Combine(folder, $"staff-{i}.csv"), $"{Header}hr:{i},2026-03-02T10:00Z,Ann\n", Cancellation);

        await TwiceAsync(watch);

        Assert.Equal((300, 300), (said.Count, await world.CountAsync("select count(*) from staff")));
        // Other tests have files open too, but none of ours.
        Assert.DoesNotContain(Directory.EnumerateFiles("/proc/self/fd").Select(f => new FileInfo(f).LinkTarget), t => t?.StartsWith(world.Folder, StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task While_the_store_is_away_a_file_stays()
    {
        await using var world = await World.CreateAsync();
        await using var nowhere = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(world.Database.ConnectionString) { Database = "not_there" });
        var (folder, watch, said) = Watching(world, nowhere);
        await File.WriteAllTextAsync(Path.Combine(folder, "staff.csv"), Header, Cancellation);

        await TwiceAsync(watch);

        Assert.True(File.Exists(Path.Combine(folder, "staff.csv")));
        Assert.EndsWith("It is tried again.", Assert.Single(said), StringComparison.Ordinal);
    }

    private static (string Folder, Watch Watch, List<string> Said) Watching(World world, NpgsqlDataSource? db = null)
    {
        var folder = world.NewFolder();
        var said = new List<string>();
        return (folder, new Watch(new Loader(db ?? world.Database.DataSource, world.Kept, world.Clock), folder, new LoadRequest { Path = folder }, world.Clock, said.Add), said);
    }

    private static async Task TwiceAsync(Watch watch)
    {
        await watch.LookAsync(Cancellation);
        await watch.LookAsync(Cancellation);
    }

    private static IEnumerable<string?> Names(string folder) => Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
