namespace Followthrough.Analytics.Store;

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    /// <summary>Writes a whole new file or none: what is at <paramref name="path"/> is never half of it, even after a power cut.</summary>
    internal static async Task WriteAsync(string path, string text, Func<string, Task> beforeVisible, CancellationToken cancellation)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        await using (var stream = Open(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellation);
            stream.Flush(flushToDisk: true);
        }
        await beforeVisible(draft);
        File.Move(draft, path, overwrite: true);
    }
}
