namespace Followthrough.Analytics.Store;

/// <summary>Where the cluster can live: in the data folder, or, when root's data folder is closed to the server's account, outside it.</summary>
internal static class ClusterHome
{
    private const string Elsewhere = "/var/lib/followthrough";

    /// <summary>The real path of the folder that holds the cluster; made, owned and reachable by <paramref name="account"/>.</summary>
    internal static async Task<string> EnsureAsync(DataFolder data, ServerAccount account, CancellationToken cancellation)
    {
        if (!Directory.Exists(data.Postgres))
            await MakeAsync(data, account, cancellation);
        var folder = Path.GetFullPath(LinkOf(data) ?? data.Postgres, data.Path);
        // pg_ctl puts the path into a shell command between double quotes.
        if (folder.AsSpan().ContainsAny("\"$`\\\n"))
            throw new StoreException($"The folder {folder} cannot hold a database: its path has a quote, $, ` or \\ in it.");
        if (account.Name is not null && !await account.CanEnterAsync(folder, cancellation))
            throw new StoreException(
                $"The account {account.Name}, which runs the server, cannot reach {folder}. Open the folders above it (chmod o+x), "
                + $"or name another data folder with {DataFolder.Variable}.");
        return folder;
    }

    private static string? LinkOf(DataFolder data) => new DirectoryInfo(data.Postgres).LinkTarget;

    private static async Task MakeAsync(DataFolder data, ServerAccount account, CancellationToken cancellation)
    {
        if (LinkOf(data) is { } lost)
            throw new StoreException($"{data.Postgres} points to {lost}, which is not there. Bring it back, or remove the link to start empty.");
        if (account.Name is not null && !await account.CanEnterAsync(data.Path, cancellation))
            File.CreateSymbolicLink(data.Postgres, await MakeElsewhereAsync(account, cancellation));
        else
            await MakeOwnedAsync(data.Postgres, account, cancellation);
    }

    private static async Task<string> MakeElsewhereAsync(ServerAccount account, CancellationToken cancellation)
    {
        if (!Directory.Exists(Elsewhere))
            DataFolder.CreateFolder(Elsewhere, traversable: true);
        var folder = Path.Combine(Elsewhere, $"cluster-{Guid.NewGuid():N}");
        await MakeOwnedAsync(folder, account, cancellation);
        return folder;
    }

    // Owned before it has its name: a killed start never leaves a folder that looks finished and belongs to root.
    private static async Task MakeOwnedAsync(string folder, ServerAccount account, CancellationToken cancellation)
    {
        var draft = $"{folder}.{Guid.NewGuid():N}";
        DataFolder.CreateFolder(draft, traversable: false);
        await account.OwnAsync(draft, cancellation);
        Directory.Move(draft, folder);
    }
}
