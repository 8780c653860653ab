namespace Followthrough.Analytics.Store;

/// <summary>Files that hold what is too large for memory while it is made or read; each is gone once it is closed.</summary>
internal static class SetAside
{
    private const int Buffer = 1 << 16;

    /// <summary>An empty one, to be written and read again.</summary>
    public static FileStream Open() =>
        new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, Buffer, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
}
