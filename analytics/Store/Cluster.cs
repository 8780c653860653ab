using System.Globalization;
using System.Security.Cryptography;

namespace Followthrough.Analytics.Store;

/// <summary>The files of the embedded server: its cluster, password, remembered port, socket and log.</summary>
internal sealed class Cluster
{
    internal const string Superuser = "followthrough";

    // Where the kernel's limit of 107 bytes for a socket's path leaves room for its file name.
    private const int LongestSocketFolder = 85;

    private readonly string _folder;

    private Cluster(string folder, ServerAccount account)
    {
        _folder = folder;
        Account = account;
    }

    internal ServerAccount Account { get; }

    internal string DataDirectory => Path.Combine(_folder, "cluster");

    internal string PidFile => Path.Combine(DataDirectory, "postmaster.pid");

    internal string Log => Path.Combine(_folder, "server.log");

    /// <summary>Where the Unix socket is; null when the folder's path is too long for one.</summary>
    internal string? SocketFolder => System.Text.Encoding.UTF8.GetByteCount(_folder) <= LongestSocketFolder ? _folder : null;

    /// <summary>Major version of the server that made the cluster; null before the first start.</summary>
    internal int? Major => File.Exists(VersionFile)
        ? int.Parse(File.ReadAllText(VersionFile).Trim(), CultureInfo.InvariantCulture)
        : null;

    private string VersionFile => Path.Combine(DataDirectory, "PG_VERSION");

    private string PasswordFile => Path.Combine(_folder, "password");

    private string PortFile => Path.Combine(_folder, "port");

    /// <summary>Opens the installation's cluster folder, making it where there is none. Called behind the gate.</summary>
    internal static async Task<Cluster> OpenAsync(DataFolder data, CancellationToken cancellation)
    {
        var account = await ServerAccount.ForAsync(data.Postgres, cancellation);
        var folder = await ClusterHome.EnsureAsync(data, account, cancellation);
        return new Cluster(folder, account);
    }

    internal async Task<string> PasswordAsync(CancellationToken cancellation)
    {
        // Written whole before the cluster is made, so that a cluster never exists without its password.
        if (!File.Exists(PasswordFile))
            await PrivateFile.WriteAsync(
                PasswordFile, RandomNumberGenerator.GetHexString(40, lowercase: true), path => Account.OwnAsync(path, cancellation), cancellation);
        return (await File.ReadAllTextAsync(PasswordFile, cancellation)).Trim();
    }

    /// <summary>Makes the cluster beside its place and moves it there when complete: a killed attempt leaves only a draft, removed here.</summary>
    internal async Task CreateAsync(PostgresBinaries binaries, bool durable, CancellationToken cancellation)
    {
        await PasswordAsync(cancellation);
        RemoveAbandonedDrafts();
        var draft = Path.Combine(_folder, $"draft-{Guid.NewGuid():N}");
        var made = await Account.RunAsync(binaries.Initdb, Arguments(draft, binaries.Major, durable), cancellation);
        if (!made.Succeeded)
            throw new StoreException($"The database cluster in {_folder} could not be made: {made.Output}");
        await File.AppendAllTextAsync(Path.Combine(draft, "postgresql.conf"), "\ninclude_if_exists = 'followthrough.conf'\n", cancellation);
        Directory.Move(draft, DataDirectory);
    }

    internal async Task WriteSettingsAsync(int port, bool durable, CancellationToken cancellation)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var settings = new ServerSettings(port, SocketFolder, durable, memory).Text;
        await PrivateFile.WriteAsync(
            Path.Combine(DataDirectory, "followthrough.conf"), settings, path => Account.OwnAsync(path, cancellation), cancellation);
    }

    internal async Task<int?> RememberedPortAsync(CancellationToken cancellation) =>
        File.Exists(PortFile) && int.TryParse(await File.ReadAllTextAsync(PortFile, cancellation), CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    internal Task RememberPortAsync(int port, CancellationToken cancellation) =>
        PrivateFile.WriteAsync(
            PortFile, port.ToString(CultureInfo.InvariantCulture), path => Account.OwnAsync(path, cancellation), cancellation);

    /// <summary>Removes what a killed server left behind; its process number may by now belong to somebody else, whom it would wait for.</summary>
    internal void RemoveStaleLocks()
    {
        File.Delete(PidFile);
        foreach (var socket in Directory.EnumerateFiles(_folder, ".s.PGSQL.*"))
            File.Delete(socket);
    }

    private void RemoveAbandonedDrafts()
    {
        foreach (var abandoned in Directory.EnumerateDirectories(_folder, "draft-*"))
        {
            try
            {
                Directory.Delete(abandoned, recursive: true);
            }
            catch (IOException)
            {
                // A child of the killed attempt is still writing there. It is in nobody's way.
            }
        }
    }

    private IEnumerable<string> Arguments(string draft, int major, bool durable)
    {
        // The collation must not follow the machine's language: an upgrade of its C library would reorder every index.
        // Bytes also compare faster than the C library's C.UTF-8, and in the same order.
        string[] collation = major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] : ["--lc-collate=C", "--lc-ctype=C.UTF-8"];
        return
        [
            "-D", draft, "-U", Superuser, $"--pwfile={PasswordFile}", "--auth=scram-sha-256", "--encoding=UTF8", .. collation,
            "--data-checksums", "--no-instructions", .. durable ? Array.Empty<string>() : ["--no-sync"],
        ];
    }
}
