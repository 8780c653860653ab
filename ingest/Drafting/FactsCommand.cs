using System.CommandLine;
using Followthrough.Analytics.Facts;
using Followthrough.Ingest.Mappings;
using Spectre.Console;

namespace Followthrough.Ingest.Drafting;

/// <summary><c>ingest facts [FACT]</c>.</summary>
internal static class FactsCommand
{
    private const int Failed = 2;
    private const int WidthOfPipe = 160;

    public static Command Create()
    {
        var fact = new Argument<string?>("fact") { Description = "One of them, for its columns.", Arity = ArgumentArity.ZeroOrOne };
        var facts = new Command("facts", "Lists what can be loaded; of one fact its columns: what they mean, what may stand in them, and which must be filled.") { fact };
        facts.SetAction(parsed => Run(parsed.GetValue(fact)));
        return facts;
    }

    private static int Run(string? name)
    {
        // A pipe has no width; eighty columns would break what is read by line.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfPipe;
        if (name is null) return PrintAll();
        if (FactTable.Find(name) is { } table) return Print(table);
        Console.Error.WriteLine($"There is no fact '{name}'{Nearest.Hint(name, FactTable.All.Select(t => t.Name))}; expected one of {string.Join(", ", FactTable.All)}.");
        return Failed;
    }

    private static int PrintAll()
    {
        var list = new Table().Border(TableBorder.Simple).AddColumn("fact", c => c.NoWrap()).AddColumn("what it is").AddColumn("must be filled");
        foreach (var table in FactTable.All)
            list.AddRow(table.Name, FactMeaning.Of(table).EscapeMarkup(), string.Join(", ", table.Columns.Where(c => c.Required).Select(c => c.Name)));
        AnsiConsole.Write(list);
        return 0;
    }

    private static int Print(FactTable table)
    {
        Console.WriteLine($"{table.Name}: {FactMeaning.Of(table)}");
        var columns = new Table().Border(TableBorder.Simple).AddColumn("column", c => c.NoWrap()).AddColumn("", c => c.NoWrap()).AddColumn("holds").AddColumn("meaning");
        foreach (var column in table.Columns)
            columns.AddRow(column.Name, column.Required ? "required" : "", FactMeaning.Holds(column).EscapeMarkup(), Meaning(table, column).EscapeMarkup());
        AnsiConsole.Write(columns);
        foreach (var kind in table.Columns.Select(c => c.Kind).Distinct().Where(k => FactMeaning.Written(k) is not null))
            Console.WriteLine($"{FactMeaning.Holds(table.Columns.First(c => c.Kind == kind))} is written {FactMeaning.Written(kind)}");
        return 0;
    }

    private static string Meaning(FactTable table, FactColumn column)
    {
        var meaning = FactMeaning.Of(column);
        return RuleNeeds.For(table.Name, column.Name) is { } use ? $"{meaning}{(meaning.Length > 0 ? " " : "")}The rules: {use}." : meaning;
    }
}
