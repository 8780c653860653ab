using System.Globalization;
using Followthrough.Analytics.Facts;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Analytics.Compensation;

/// <summary>A block of a plan's text. What it does not know, misses or cannot read becomes a fault, and the reading goes on.</summary>
internal sealed class PlanNode(YamlMappingNode node, List<PlanFault> faults)
{
    /// <summary>Line on which it begins.</summary>
    public int Line => (int)node.Start.Line;

    public static PlanNode? Of(YamlNode node, string what, List<PlanFault> faults)
    {
        if (node is YamlMappingNode block) return new PlanNode(block, faults);
        faults.Add(new PlanFault((int)node.Start.Line, $"{what} is a block of names and values."));
        return null;
    }

    public bool Has(string name) => Find(name) is not null;

    /// <summary>Finds fault with every name but these, and with those required that are missing.</summary>
    public PlanNode Only(IReadOnlyList<string> names, params string[] required)
    {
        foreach (var key in node.Children.Keys)
            if (!names.Contains(key.ToString()))
                Fault(key, $"“{key}” is not known here{Nearest.Hint(key.ToString(), names)}; expected some of {string.Join(", ", names)}.");
        foreach (var name in required)
            if (!Has(name))
                Fault($"“{name}” is missing.");
        return this;
    }

    /// <summary>One text; null when it is missing or none.</summary>
    public string? Text(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value is YamlScalarNode { Value: { } text } && !string.IsNullOrWhiteSpace(text)) return text.Trim();
        Fault(value, $"“{name}” is one text.");
        return null;
    }

    /// <summary>One text or a list of them; none when the name is not there.</summary>
    public IReadOnlyList<(string Text, int Line)> Texts(string name) => Find(name) switch
    {
        null => [],
        YamlScalarNode { Value: { } one } scalar => [(one, (int)scalar.Start.Line)],
        YamlSequenceNode list => [.. list.Children.Select(n => (n.ToString(), (int)n.Start.Line))],
        var other => Nothing<(string, int)>(other, $"“{name}” is a list of texts."),
    };

    /// <summary>A number within bounds; null when it is missing or none.</summary>
    public decimal? Number(string name, decimal least, decimal most)
    {
        if (Text(name) is not { } text) return null;
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            Fault(name, $"“{name}” is “{text}”, which is no number; expected one such as 12.5, without unit and without a sign between thousands.");
        else if (number < least || number > most)
            Fault(name, Say($"“{name}” is {number}, which cannot be meant; expected {least} to {most}."));
        else
            return number;
        return null;
    }

    /// <summary>A whole number within bounds; null when it is missing or none.</summary>
    public int? Whole(string name, int least, int most)
    {
        if (Number(name, least, most) is not { } number) return null;
        if (number == decimal.Truncate(number)) return (int)number;
        Fault(name, Say($"“{name}” is {number}; expected a whole number."));
        return null;
    }

    /// <summary>One of the words; null when it is missing or none.</summary>
    public T? Word<T>(string name) where T : struct, Enum
    {
        if (Text(name) is not { } text) return null;
        foreach (var word in Enum.GetValues<T>())
            if (PlanKeys.Word(word) == text) return word;
        Fault(name, $"“{name}” is “{text}”; expected {string.Join(" or ", PlanKeys.Words<T>())}.");
        return null;
    }

    /// <summary>Yes or no; null when it is missing or neither.</summary>
    public bool? Flag(string name)
    {
        switch (Text(name))
        {
            case null: return null;
            case "true" or "yes": return true;
            case "false" or "no": return false;
            case var text:
                Fault(name, $"“{name}” is “{text}”; expected true or false.");
                return null;
        }
    }

    /// <summary>The block behind a name; null when it is missing or none.</summary>
    public PlanNode? Block(string name) => Find(name) is { } value ? Of(value, $"“{name}”", faults) : null;

    /// <summary>The blocks of a list; none when the name is not there.</summary>
    public IReadOnlyList<PlanNode> Blocks(string name) => Find(name) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select(n => Of(n, $"each of “{name}”", faults)).OfType<PlanNode>()],
        var other => Nothing<PlanNode>(other, $"“{name}” is a list."),
    };

    /// <summary>Finds fault with what stands behind a name.</summary>
    public void Fault(string name, string words) => Fault(Find(name) ?? node, words);

    /// <summary>Finds fault with the block.</summary>
    public void Fault(string words) => Fault(node, words);

    public static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);

    private YamlNode? Find(string name) => node.Children.TryGetValue(name, out var value) ? value : null;

    private void Fault(YamlNode where, string words) => faults.Add(new PlanFault((int)where.Start.Line, words));

    private IReadOnlyList<T> Nothing<T>(YamlNode where, string words)
    {
        Fault(where, words);
        return [];
    }
}
