using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Followthrough.Analytics.Demo;

/// <summary><c>analytics demo FOLDER [--scale N] [--seed S] [--anchor DAY]</c>.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Where the files go; files of the same names are replaced." };
        var scale = new Option<int>("--scale") { Description = "Multiplies the customers and all that is theirs.", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "Another seed is another company.", DefaultValueFactory = _ => 2117 };
        var anchor = new Option<DateOnly?>("--anchor") { Description = "The day at whose beginning history ends, yyyy-MM-dd. Without it: today." };
        scale.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--scale must be 1 or more.");
        });
        var command = new Command("demo", "Writes a made-up company's three years of facts as canonical CSV files, and truth/truth.json with what really happened.")
        {
            folder, scale, seed, anchor,
        };
        command.SetAction((parsed, ct) => RunAsync(
            new DemoOptions
            {
                Scale = parsed.GetValue(scale),
                Seed = parsed.GetValue(seed),
                Anchor = parsed.GetValue(anchor) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
            },
            parsed.GetValue(folder)!, ct));
        return command;
    }

    private static async Task<int> RunAsync(DemoOptions options, string folder, CancellationToken ct)
    {
        var summary = Console.IsOutputRedirected
            ? await DemoCompany.WriteAsync(options, folder, null, ct)
            : await AnsiConsole.Progress().StartAsync(context => DemoCompany.WriteAsync(options, folder, new Bar(context.AddTask("customers")), ct));
        foreach (var (fact, rows) in summary.Rows.OrderBy(r => r.Key, StringComparer.Ordinal))
            Console.WriteLine($"  {fact,-22}{rows.ToString("N0", CultureInfo.InvariantCulture),12}");
        Console.WriteLine($"Written to {folder}. Load it with: ingest load {folder} --backfill");
        return 0;
    }

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = 100 * value;
    }
}
