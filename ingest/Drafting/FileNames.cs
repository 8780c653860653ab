using System.Text.RegularExpressions;
using Followthrough.Ingest.Mappings;

namespace Followthrough.Ingest.Drafting;

/// <summary>What the name of a file says of those that will follow it.</summary>
public static partial class FileNames
{
    /// <summary>A pattern for the files of its kind: <c>calls*.csv</c> for <c>calls-2026-09.csv.gz</c>.</summary>
    public static string Pattern(string name)
    {
        var inside = Unpacked(name);
        var ending = Path.GetExtension(inside).ToLowerInvariant();
        var stem = Stem().Match(Path.GetFileNameWithoutExtension(inside)).Value;
        return ending.Length == 0 || Ending().IsMatch(ending) ? $"{stem}*{ending}" : "*";
    }

    /// <summary>A name for its mapping that can be used; a shipped mapping's is not.</summary>
    public static string MappingName(string name)
    {
        var words = string.Join('_', FieldWords.Split(Path.GetFileNameWithoutExtension(Unpacked(name))).Where(w => w.All(char.IsAsciiLetter)));
        var called = words.Length == 0 ? "source" : words[..Math.Min(words.Length, 36)].Trim('_');
        return OwnMappings.ProblemOfName(called) is null ? called : called + "_own";
    }

    private static string Unpacked(string name) => Path.GetExtension(name).ToLowerInvariant() is ".gz" or ".zip" ? Path.GetFileNameWithoutExtension(name) : name;

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z_ ]*[A-Za-z]|\A[A-Za-z]?")]
    private static partial Regex Stem();

    [GeneratedRegex(@"\A\.[a-z]{1,8}\z")]
    private static partial Regex Ending();
}
