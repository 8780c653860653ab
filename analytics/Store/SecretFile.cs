namespace Followthrough.Analytics.Store;

/// <summary>A secret that is given as a file, so that it stands in no command line, environment or compose file.</summary>
internal static class SecretFile
{
    // A container's own: the engine puts them there for this one container, with permissions we have no say in.
    private const string OfContainer = "/run/secrets/";
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>What is in it, without blanks and line ends around it.</summary>
    /// <exception cref="StoreException">It can't be read, everybody on the machine may read it, or it is empty.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken ct)
    {
        try
        {
            if (IsOpen(path)) throw new StoreException($"{path}: everybody on this machine may read it, and it holds a secret; expected chmod 600.");
            var text = (await File.ReadAllTextAsync(path, ct)).Trim();
            return text.Length > 0 ? text : throw new StoreException($"{path}: is empty; expected a secret in it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path}: can't be read: {e.Message}", e);
        }
    }

    private static bool IsOpen(string path) =>
        !OperatingSystem.IsWindows() && !Path.GetFullPath(path).StartsWith(OfContainer, StringComparison.Ordinal) && (File.GetUnixFileMode(path) & Others) != 0;
}
