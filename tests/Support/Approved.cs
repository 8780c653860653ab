using System.Runtime.CompilerServices;

namespace Followthrough.Tests.Support;

/// <summary>Compares a text with the approved one beside the test; a difference is written next to it to be read and, if right, approved.</summary>
internal static class Approved
{
    public static void Text(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var folder = Path.Combine(SourceFolder.Root, Path.GetRelativePath(SourceFolder.CompiledRoot, Path.GetDirectoryName(testFile)!));
        var approved = Path.Combine(folder, $"{name}.approved.txt");
        var received = Path.Combine(folder, $"{name}.received.txt");
        var expected = File.Exists(approved) ? File.ReadAllText(approved) : "";
        if (expected == actual)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, actual);
        Assert.Fail($"{name} is not as approved. Compare {Path.GetRelativePath(SourceFolder.Root, received)} with the .approved.txt beside it.");
    }
}
