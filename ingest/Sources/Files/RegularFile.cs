using System.Runtime.InteropServices;
using System.Text;

namespace Followthrough.Ingest.Sources.Files;

/// <summary>Tells files from what only looks like one in a folder: links lead elsewhere, pipes never end, devices are no files.</summary>
internal static class RegularFile
{
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int ModeAt = 28;
    private const int AtCurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint OnlyType = 1;

    /// <summary>Whether a path is a file itself.</summary>
    public static bool Is(string path)
    {
        if (new FileInfo(path).LinkTarget is not null || Directory.Exists(path)) return false;
        if (!OperatingSystem.IsLinux()) return true;
        // The runtime does not tell a pipe from a file, and opening one waits for a writer.
        var status = new byte[256];
        return StatX(AtCurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), DoNotFollow, OnlyType, status) == 0 && (BitConverter.ToUInt16(status, ModeAt) & TypeMask) == Regular;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatX(int folder, byte[] path, int flags, uint mask, [Out] byte[] status);
}
