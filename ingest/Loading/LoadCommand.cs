using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Mappings;
using Followthrough.Ingest.Sources.Files;
using Npgsql;
using Spectre.Console;

namespace Followthrough.Ingest.Loading;

/// <summary><c>ingest load PATH [--mapping NAME] [--backfill]</c>.</summary>
internal static class LoadCommand
{
    private const int Failed = 2;
    private const int ShownProblems = 40;

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A file, or a folder of files." };
        var mapping = new Option<string?>("--mapping")
        {
            Description = $"What the fields mean: {string.Join(", ", MappingCatalogue.Shipped)}, one of your own by its name, or the path of a .yaml file. Without it: the canonical format, and your own mappings for files that are called as they say.",
        };
        var backfill = new Option<bool>("--backfill")
        {
            Description = "The files bring in history: take the source's own stamps as the time we knew.",
        };
        var command = new Command("load", "Loads CSV, JSON or XLSX files, packed or not, each as one batch. Exit code 0 all in, 1 some rows rejected, 2 a file failed.")
        {
            path, mapping, backfill,
        };
        command.SetAction((parsed, ct) => RunAsync(
            new LoadRequest { Path = parsed.GetValue(path)!, Mapping = parsed.GetValue(mapping), Backfill = parsed.GetValue(backfill) }, ct));
        return command;
    }

    private static async Task<int> RunAsync(LoadRequest request, CancellationToken ct)
    {
        try
        {
            await using var store = await AnalyticsStore.OpenAsync(ct);
            var loader = new Loader(store.DataSource, new KeptFiles(store.Folder), TimeProvider.System);
            var report = await WithProgressAsync(progress => loader.LoadAsync(request, progress, ct));
            Print(report);
            return report.ExitCode;
        }
        catch (Exception e) when (e is SourceFileException or MappingException or StoreException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
        // Between two files; an exit code of 1 would say that all are in.
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            await Console.Error.WriteLineAsync($"The database went away: {e.Message} What was loaded whole is in; load again, and the rest goes in too.");
            return Failed;
        }
    }

    private static Task<LoadReport> WithProgressAsync(Func<IProgress<LoadProgress>?, Task<LoadReport>> load) =>
        Console.IsOutputRedirected ? load(null) : AnsiConsole.Progress().StartAsync(context =>
        {
            var task = context.AddTask("reading");
            return load(new Progress(p =>
            {
                task.Description = p.File.EscapeMarkup();
                task.Value = p.Total == 0 ? 100 : 100.0 * p.Done / p.Total;
            }));
        });

    private static void Print(LoadReport report)
    {
        // A pipe has no width; eighty columns would break file names.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        var table = new Table().Border(TableBorder.Simple).AddColumn("file", c => c.NoWrap()).AddColumn("mapping").AddColumn("outcome");
        foreach (var name in new[] { "read", "new", "changed", "unchanged", "rejected" }) table.AddColumn(name, c => c.RightAligned());
        foreach (var f in report.Files)
            table.AddRow(f.Name.EscapeMarkup(), (f.Mapping ?? "").EscapeMarkup(), Words(f.Outcome), N(f.Read), N(f.Added), N(f.Changed), N(f.Unchanged), N(f.Rejected));
        table.AddRow("total", "", "", N(report.Files.Sum(f => f.Read)), N(report.Files.Sum(f => f.Added)), N(report.Files.Sum(f => f.Changed)),
            N(report.Files.Sum(f => f.Unchanged)), N(report.Files.Sum(f => f.Rejected)));
        AnsiConsole.Write(table);
        PrintProblems(report);
        var rejected = report.Files.Sum(f => f.Rejected);
        if (rejected > 0) Console.WriteLine($"{N(rejected)} rows are kept in quarantine with their reasons.");
        var released = report.Files.Sum(f => f.Released);
        if (released > 0) Console.WriteLine($"{N(released)} rows that had waited for their account are in now.");
        if (report.Matches.Merged > 0) Console.WriteLine($"{N(report.Matches.Merged)} accounts were recognised as customers of another system and merged; 'ingest identity list' says why.");
        if (report.Matches.Waiting > 0) Console.WriteLine($"{N(report.Matches.Waiting)} pairs of accounts may be one customer; 'ingest identity review' shows them.");
        if (report.NothingNew) Console.WriteLine("Nothing changed: everything was already there.");
    }

    private static void PrintProblems(LoadReport report)
    {
        // One of each file first: thirty files with one cause shall not bury the cause.
        var problems = report.Files.SelectMany(f => f.Problems.Select((text, i) => (i, text))).OrderBy(p => p.i).Select(p => p.text).ToList();
        foreach (var problem in problems.Take(ShownProblems)) Console.WriteLine(problem);
        if (problems.Count > ShownProblems) Console.WriteLine("… and more of the kind.");
    }

    private static string Words(FileOutcome outcome) => outcome switch
    {
        FileOutcome.Loaded => "loaded",
        FileOutcome.AlreadyLoaded => "already loaded",
        FileOutcome.Failed => "failed",
        _ => throw new InvalidOperationException($"No outcome {outcome}."),
    };

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // Progress<T> of the framework posts to the thread pool, and the bar would jump back.
    private sealed class Progress(Action<LoadProgress> report) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => report(value);
    }
}
