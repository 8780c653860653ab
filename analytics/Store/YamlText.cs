using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Followthrough.Analytics.Store;

/// <summary>A text that people write, as YAML, with bounds: the parser follows nesting by recursion, and a stack that overflows ends the program.</summary>
internal static class YamlText
{
    private const int Longest = 1 << 20;
    private const int Deepest = 32;

    /// <summary>The outermost node.</summary>
    /// <exception cref="YamlException">It is no YAML, or beyond the bounds.</exception>
    /// <exception cref="InvalidOperationException">It is none or several documents.</exception>
    public static YamlNode Parse(string yaml)
    {
        if (yaml.Length > Longest) throw new YamlException($"It has {yaml.Length} characters; expected at most {Longest}.");
        CheckDepth(yaml);
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents.Single().RootNode;
    }

    private static void CheckDepth(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest + 2) throw new YamlException(parser.Current.Start, parser.Current.End, $"It is nested more than {Deepest} deep.");
        }
    }
}
