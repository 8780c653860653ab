using System.Runtime.Versioning;
using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Analytics.Store;

[SupportedOSPlatform("linux")]
public sealed class PostgresBinariesTests : IDisposable
{
    private readonly DirectoryInfo _root = TestFolder.Create("ft-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_cluster_gets_the_newest_server()
    {
        var folders = new[] { Install(15), Install(17), Install(16) };

        Assert.Equal(17, (await PostgresBinaries.FindAsync(null, folders, Cancellation)).Major);
    }

    [Fact]
    public async Task An_existing_cluster_gets_the_server_that_made_it()
    {
        var folders = new[] { Install(15), Install(17) };

        Assert.Equal(folders[0], (await PostgresBinaries.FindAsync(15, folders, Cancellation)).Folder);
    }

    [Fact]
    public async Task Without_the_server_that_made_the_cluster_the_message_names_its_package()
    {
        var missing = await Assert.ThrowsAsync<PostgresMissingException>(() => PostgresBinaries.FindAsync(16, [Install(17)], Cancellation));

        Assert.Contains("apt-get install postgresql-16", missing.Message);
    }

    [Fact]
    public async Task A_server_that_is_too_old_is_named_and_refused()
    {
        var missing = await Assert.ThrowsAsync<PostgresMissingException>(() => PostgresBinaries.FindAsync(null, [Install(14)], Cancellation));

        Assert.Contains("PostgreSQL 15 or newer is needed (found: 14 in ", missing.Message);
    }

    [Fact]
    public async Task Without_any_server_the_message_says_what_to_install_or_set()
    {
        var missing = await Assert.ThrowsAsync<PostgresMissingException>(
            () => PostgresBinaries.FindAsync(null, [_root.FullName, "/nowhere"], Cancellation));

        Assert.Contains("apt-get install postgresql", missing.Message);
        Assert.Contains("ConnectionStrings__Analytics", missing.Message);
    }

    [Fact]
    public async Task Links_to_an_uninstalled_server_are_passed_over()
    {
        var links = _root.CreateSubdirectory("links").FullName;
        foreach (var program in new[] { "postgres", "initdb", "pg_ctl" })
            File.CreateSymbolicLink(Path.Combine(links, program), "/nowhere/" + program);

        Assert.Equal(15, (await PostgresBinaries.FindAsync(null, [links, Install(15)], Cancellation)).Major);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string Install(int major)
    {
        var folder = _root.CreateSubdirectory($"{major}").FullName;
        foreach (var program in new[] { "postgres", "initdb", "pg_ctl" })
        {
            var path = Path.Combine(folder, program);
            File.WriteAllText(path, $"#!/bin/sh\necho '{program} (PostgreSQL) {major}.3 (Debian {major}.3-1)'\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return folder;
    }
}
