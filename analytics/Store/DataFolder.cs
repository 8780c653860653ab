namespace Followthrough.Analytics.Store;

/// <summary>
/// The folder of one installation: the embedded database, the source files kept as they came, and the demo company.
/// All programs that name the same folder use the same database.
/// </summary>
public sealed record DataFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "FOLLOWTHROUGH_DATA";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Traversable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private DataFolder(string path) => Path = path;

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; }

    /// <summary>Where the embedded server keeps its cluster, password, port and log.</summary>
    public string Postgres => System.IO.Path.Combine(Path, "postgres");

    /// <summary>Source files as they came, named by the SHA-256 of their content.</summary>
    public string Kept => System.IO.Path.Combine(Path, "kept");

    /// <summary>The installation's own mapping files.</summary>
    public string Mappings => System.IO.Path.Combine(Path, "mappings");

    /// <summary>Files that somebody uploaded to find out how to read them; none is older than a day.</summary>
    public string Samples => System.IO.Path.Combine(Path, "samples");

    /// <summary>The files of the demo company.</summary>
    public string Demo => System.IO.Path.Combine(Path, "demo");

    /// <summary>The folder that <c>FOLLOWTHROUGH_DATA</c> names, or else <c>followthrough</c> in the user's local data folder.</summary>
    public static DataFolder Default()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrWhiteSpace(named) ? At(System.IO.Path.Combine(LocalData(), "followthrough")) : At(named);
    }

    /// <summary>The folder at <paramref name="path"/>; a relative path starts at the working directory. Creates nothing.</summary>
    public static DataFolder At(string path) => new(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));

    /// <summary>Creates the folder and its <c>kept</c> and <c>demo</c> subfolders, which only the owner may read.</summary>
    /// <exception cref="StoreException">The folder cannot be created or belongs to another user.</exception>
    public void Create()
    {
        try
        {
            // Root's server runs under another account, which has to pass through this folder (and can list nothing of it).
            if (!Directory.Exists(Path) || IsEmpty(Path))
                CreateFolder(Path, Environment.IsPrivilegedProcess ? Traversable : OwnerOnly);
            foreach (var folder in new[] { Kept, Demo }.Where(folder => !Directory.Exists(folder)))
                CreateFolder(folder, OwnerOnly);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new StoreException($"The data folder {Path} cannot be used: {refused.Message} Run as its owner, or name another folder with {Variable}.", refused);
        }
    }

    internal static void CreateFolder(string path, bool traversable) => CreateFolder(path, traversable ? Traversable : OwnerOnly);

    private static void CreateFolder(string path, UnixFileMode mode)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }

    private static bool IsEmpty(string path) => !Directory.EnumerateFileSystemEntries(path).Any();

    private static string LocalData()
    {
        var known = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return known.Length > 0
            ? known
            : throw new StoreException($"There is no home folder to keep data in. Name a folder with {Variable}.");
    }
}
