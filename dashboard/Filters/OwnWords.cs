namespace Followthrough.Dashboard.Filters;

/// <summary>Reads what only one page is asked for; what cannot be understood is added to the problems in a sentence.</summary>
internal static class OwnWords
{
    private const int Longest = 200;

    internal static string? Text(IQueryCollection address, string name, List<string> problems)
    {
        var text = address[name].ToString().Trim();
        if (text.Length <= Longest && !text.Contains('\0', StringComparison.Ordinal) && address[name].Count <= 1) return text.Length == 0 ? null : text;
        problems.Add($"“{name}” is given more than once, is too long, or has a character that nothing of ours has.");
        return null;
    }

    /// <summary>Null when it is not given.</summary>
    internal static T? Choice<T>(IQueryCollection address, string name, List<string> problems) where T : struct, Enum
    {
        if (Text(address, name, problems) is not { } text) return null;
        foreach (var value in Enum.GetValues<T>())
            if (PageQuery.Word(value) == text) return value;
        problems.Add($"“{text}” is no {name}. There is: {string.Join(", ", Enum.GetValues<T>().Select(PageQuery.Word))}.");
        return null;
    }
}
