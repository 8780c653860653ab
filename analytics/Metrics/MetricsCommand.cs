using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Followthrough.Analytics.Metrics;

/// <summary><c>analytics metrics</c>: every metric with its unit, direction, target, version and hash.</summary>
internal static class MetricsCommand
{
    private const int Wide = 180;

    public static Command Create()
    {
        var command = new Command("metrics", "Lists every metric with its definition's version and hash.");
        command.SetAction(_ => Print());
        return command;
    }

    private static void Print()
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = Wide;
        var table = new Table().Border(TableBorder.Simple).AddColumns("id", "name", "unit", "better", "target", "of", "version", "hash");
        foreach (var m in MetricCatalogue.Definitions)
            table.AddRow(m.Id, m.Name.EscapeMarkup(), Word(m.Unit), Word(m.Better), Target(m), Word(m.Aggregation), m.Version.ToString(CultureInfo.InvariantCulture), m.Hash);
        AnsiConsole.Write(table);
        Console.WriteLine("'analytics metric ID --explain' prints a definition, its SQL and an example.");
    }

    private static string Target(MetricDefinition metric) => metric.Goal is { } goal ? FigureText.Of(goal, metric.Unit) : "";

    private static string Word<T>(T value) where T : Enum => Facts.FactTable.Snake(value.ToString()).Replace('_', ' ');
}
