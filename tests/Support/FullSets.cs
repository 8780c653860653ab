namespace Followthrough.Tests.Support;

/// <summary>With FOLLOWTHROUGH_FULL_SETS=true a run takes the whole of what it otherwise takes a part of, and hours for it.</summary>
internal static class FullSets
{
    private const int Usual = 2;

    public static bool AreAsked { get; } = Environment.GetEnvironmentVariable("FOLLOWTHROUGH_FULL_SETS") == "true";

    /// <summary>The first two of them, or all.</summary>
    public static TheoryData<int> Seeds(params int[] all) => [.. AreAsked ? all : all[..Usual]];
}
