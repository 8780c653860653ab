namespace Followthrough.Tests.Support;

/// <summary>Public data sets and vendor payloads that may lie beside the repository. A test that needs one is skipped without it.</summary>
internal static class SharedData
{
    /// <summary>The path of a file or folder of them.</summary>
    internal static string Path(string relative)
    {
        // A working tree of the repository may stand somewhere else than the repository.
        var roots = new[] { Environment.GetEnvironmentVariable("FOLLOWTHROUGH_SHARED_DATA"), System.IO.Path.Combine(SourceFolder.Root, "..", "shared", "data") };
        var found = roots.Where(r => r is not null).Select(r => System.IO.Path.Combine(r!, relative)).FirstOrDefault(System.IO.Path.Exists);
        if (found is null) Assert.Skip($"../shared/data/{relative} is not beside this repository.");
        return found!;
    }
}
