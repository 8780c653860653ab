using Followthrough.Analytics.Store;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Analytics.Compensation;

/// <summary>The text of a plan as YAML, of a size that can be compared line by line, and without references: a plan is read from top to bottom.</summary>
internal static class PlanText
{
    private const int MostLines = 2_000;

    /// <summary>The outermost node.</summary>
    /// <exception cref="YamlException">It is no YAML, too long, or refers to a part of itself.</exception>
    /// <exception cref="InvalidOperationException">It is none or several documents.</exception>
    public static YamlNode Parse(string yaml)
    {
        if (yaml.Count(c => c == '\n') is var lines and > MostLines) throw new YamlException($"It has {lines} lines; expected at most {MostLines}.");
        // First, since what refers to itself has no end.
        CheckReferences(yaml);
        return YamlText.Parse(yaml);
    }

    private static void CheckReferences(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        while (parser.MoveNext())
            if (parser.Current is AnchorAlias alias) throw new YamlException(alias.Start, alias.End, $"“*{alias.Value}” refers to another place; expected what is meant, written out.");
    }
}
