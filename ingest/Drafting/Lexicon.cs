using Followthrough.Analytics.Store;
using Followthrough.Ingest.Mappings;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Ingest.Drafting;

/// <summary>A name that sources use.</summary>
/// <param name="Words">Its words, as <see cref="FieldWords.Split"/> gives them.</param>
/// <param name="Rank">Its place among those of its language, 0 for the likeliest.</param>
/// <param name="Whole">Whether it fits as a whole only, and not within a longer name.</param>
internal sealed record LexiconName(IReadOnlyList<string> Words, int Rank, bool Whole = false)
{
    /// <summary>Without the gaps: <c>KundenNr</c> is <c>kundennr</c>.</summary>
    public string Joined { get; } = string.Concat(Words);
}

/// <summary>How sources call facts, columns and the words of closed sets, in the languages of <c>names.yaml</c>.</summary>
internal static class Lexicon
{
    private static readonly MappingNode File = Read();

    /// <summary>By the fact's name: what files of it are called.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<LexiconName>> Facts { get; } = Section("facts");

    /// <summary>By the column's name: what fields that feed it are called.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<LexiconName>> Columns { get; } = Section("columns");

    /// <summary>By our word: what sources write for it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<LexiconName>> Words { get; } = Section("words");

    private static MappingNode Read()
    {
        using var stream = typeof(Lexicon).Assembly.GetManifestResourceStream("Drafting/names.yaml")!;
        using var reader = new StreamReader(stream);
        return new MappingNode(YamlText.Parse(reader.ReadToEnd()), "names.yaml", "the lexicon");
    }

    private static Dictionary<string, IReadOnlyList<LexiconName>> Section(string name) =>
        ((YamlMappingNode)File.Required(name)).Children.ToDictionary(
            entry => entry.Key.ToString(),
            IReadOnlyList<LexiconName> (entry) => [.. ((YamlMappingNode)entry.Value).Children.SelectMany(language => NamesOf(language.Value.ToString()))]);

    private static IEnumerable<LexiconName> NamesOf(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries).Select((name, rank) => new LexiconName(FieldWords.Split(name), rank, name.StartsWith('=')));
}
