using System.Runtime.CompilerServices;

namespace Followthrough.Tests.Support;

/// <summary>Where the repository is, for tests that look at the source itself.</summary>
internal static class SourceFolder
{
    /// <summary>The repository this test run was built from.</summary>
    public static string Root { get; } = Find();

    /// <summary>The repository's path as the compiler wrote it down.</summary>
    public static string CompiledRoot { get; } = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(ThisFile())!))!;

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Analytics.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No Analytics.sln above the tests.");
        return folder;
    }
}
