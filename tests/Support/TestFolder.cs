namespace Followthrough.Tests.Support;

/// <summary>A temporary folder that also the account of a server started by root can pass through.</summary>
internal static class TestFolder
{
    /// <param name="prefix">Begins its name.</param>
    /// <param name="within">In which folder; null for the usual one.</param>
    internal static DirectoryInfo Create(string prefix, string? within = null)
    {
        var folder = within is null ? Directory.CreateTempSubdirectory(prefix) : Directory.CreateDirectory(Path.Combine(within, prefix + Path.GetRandomFileName()));
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(
                folder.FullName,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }
}
