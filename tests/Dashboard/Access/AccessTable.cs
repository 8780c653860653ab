using Followthrough.Analytics.Store;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Access;

/// <summary>A line of matrix.md: who may call an endpoint.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Route">As the endpoint is mapped.</param>
/// <param name="Scope">own: whoever sees a part finds nothing of the others in it; all: the same for everybody who may; none: no customers in it.</param>
/// <param name="Anonymous">open, sign-in or token: what a stranger is answered.</param>
/// <param name="Roles">Those who may.</param>
/// <param name="Example">An address that works, with the keys of the test company in braces.</param>
/// <param name="Foreign">The same of another team; null where there is none.</param>
/// <param name="Form">The fields sent; null where none are. A lone ! stands for a form without its token.</param>
internal sealed record AccessLine(
    string Method, string Route, string Scope, string Anonymous, IReadOnlyList<string> Roles, string Example, string? Foreign, string? Form)
{
    internal string Name => $"{Method} {Route}";
}

/// <summary>The table of matrix.md.</summary>
internal static class AccessTable
{
    private const int FirstRole = 4;

    internal static IReadOnlyList<AccessLine> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(SourceFolder.Root, "tests/Dashboard/Access/matrix.md")).Where(line => line.StartsWith('|')).Skip(2);
        return [.. lines.Select(Line)];
    }

    private static AccessLine Line(string text)
    {
        var cells = text.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
        Assert.True(cells.Length == FirstRole + Role.All.Count + 3, $"Not so many cells as the head has: {text}");
        var roles = Role.All.Where((_, i) => cells[FirstRole + i] switch { "yes" => true, "no" => false, var other => throw new FormatException($"{other}: expected yes or no in {text}") });
        var rest = cells[(FirstRole + Role.All.Count)..];
        return new AccessLine(cells[0], cells[1], cells[2], cells[3], [.. roles], rest[0].Length > 0 ? rest[0] : cells[1], Text(rest[1]), Text(rest[2]));
    }

    private static string? Text(string cell) => cell.Length == 0 ? null : cell;
}
