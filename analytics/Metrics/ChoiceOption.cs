using System.CommandLine;

namespace Followthrough.Analytics.Metrics;

/// <summary>Options of commands that take one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>An option that takes a name of the enumeration, in any case, and says what there is when given something else.</summary>
    public static Option<T?> Create<T>(string name, string description) where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        return new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result =>
            {
                var given = result.Tokens[0].Value;
                if (words.Contains(given.ToLowerInvariant())) return Enum.Parse<T>(given, ignoreCase: true);
                result.AddError($"'{given}' is nothing {name} takes; it takes {string.Join(", ", words[..^1])} or {words[^1]}.");
                return null;
            },
        };
    }
}
