using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Spectre.Console;

namespace Followthrough.Analytics.Measures;

/// <summary><c>analytics cohorts [--by month|quarter] [--steps N] [--as-of T] [--json]</c>.</summary>
internal static class CohortsCommand
{
    private const int MostSteps = 120;

    public static Command Create()
    {
        var by = ChoiceOption.Create<CohortUnit>("--by", "By which part of the year of their first order customers are put together. Without it: quarter.");
        var steps = new Option<int>("--steps") { Description = "How many months or quarters to follow each cohort.", DefaultValueFactory = _ => 12 };
        steps.Validators.Add(r => { if (r.GetValueOrDefault<int>() is < 1 or > MostSteps) r.AddError($"--steps is from 1 to {MostSteps}."); });
        var asOf = new Option<string?>("--as-of") { Description = $"As known then: {Moment.Forms}." };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("cohorts", "Prints how many customers ordered again how soon, by when they first ordered.") { by, steps, asOf, json };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => RunAsync(
            store, parsed.GetValue(by) ?? CohortUnit.Quarter, parsed.GetValue(steps), parsed.GetValue(asOf), parsed.GetValue(json), ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, CohortUnit by, int steps, string? asOf, bool json, CancellationToken ct)
    {
        var query = new CohortQuery { By = by, Steps = steps, Viewer = Viewer.Everything("command line") };
        if (asOf is not null)
        {
            var zone = (await Company.ReadAsync(store.DataSource, ct)).Zone;
            if (!Moment.TryRead(asOf, zone, TimeProvider.System.GetUtcNow(), out var at, out var refusal))
            {
                await Console.Error.WriteLineAsync(refusal);
                return 1;
            }
            query = query with { AsOf = at };
        }
        var triangle = await new Cohorts(store.DataSource, TimeProvider.System).ReadAsync(query, ct);
        if (json) Console.WriteLine(Json(triangle));
        else Print(triangle);
        return 0;
    }

    private static void Print(CohortTriangle triangle)
    {
        Console.WriteLine($"{Cohorts.Definition.Name}, as of {triangle.AsOf:yyyy-MM-dd HH:mm}Z (definition {Cohorts.Definition.Id} v{triangle.DefinitionVersion} {triangle.DefinitionHash})");
        Console.WriteLine("Percent of the cohort with another order within so many months; blank until all of it had them.");
        // Nothing is cut off at the edge of a narrow window.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 24 + 8 * triangle.Months.Count);
        var table = new Table().Border(TableBorder.Simple).AddColumn("first order").AddColumn("customers", c => c.RightAligned());
        foreach (var months in triangle.Months) table.AddColumn(months.ToString(CultureInfo.InvariantCulture), c => c.RightAligned());
        foreach (var cohort in triangle.Cohorts)
            table.AddRow([cohort.Period.Label, FigureText.N(cohort.Customers), .. triangle.Months.Select((_, cell) => Percent(cohort.Share(cell)))]);
        AnsiConsole.Write(table);
    }

    private static string Json(CohortTriangle triangle) => JsonSerializer.Serialize(new
    {
        Metric = Cohorts.Definition.Id,
        triangle.By,
        triangle.AsOf,
        triangle.DefinitionVersion,
        triangle.DefinitionHash,
        triangle.Months,
        Cohorts = triangle.Cohorts.Select(c => new { Period = c.Period.Label, c.Customers, c.Again, Share = triangle.Months.Select((_, cell) => c.Share(cell)) }),
    }, MetricReport.Snake);

    private static string Percent(double? share) => share is { } s ? (100 * s).ToString("0.0", CultureInfo.InvariantCulture) : "";
}
