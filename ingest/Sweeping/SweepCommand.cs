using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources;
using Followthrough.Ingest.Sources.Files;
using Npgsql;

namespace Followthrough.Ingest.Sweeping;

/// <summary><c>ingest sweep SOURCE FACT FILE [--id COLUMN] [--as-of TIME] [--yes]</c>.</summary>
internal static class SweepCommand
{
    private static readonly Argument<string> Source = new("source") { Description = "The source, as its keys begin: crm for crm:0012." };
    private static readonly Argument<string> Fact = new("fact") { Description = "The fact, for example contact." };
    private static readonly Argument<string> File = new("file") { Description = "All ids the source has: plain text with one to a line (.txt), or a file with a column of them." };
    private static readonly Option<string?> Column = new("--id") { Description = "The column with the ids; 'id' when left out." };
    private static readonly Option<string?> AsOf = new("--as-of") { Description = "When the source wrote the list; the file's own time when left out. What came in later is not judged by it." };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Deletes also more than 5 % of what there is." };

    public static Command Create()
    {
        var command = new Command("sweep", "Marks as deleted what the source no longer has. Exit code 0 done, 1 refused because it would delete too much, 2 not readable.")
        {
            Source, Fact, File, Column, AsOf, Yes,
        };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => RunAsync(store, parsed, ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, ParseResult parsed, CancellationToken ct)
    {
        try
        {
            var request = RequestOf(parsed);
            var report = await new Sweep(store.DataSource, new KeptFiles(store.Folder), TimeProvider.System).RunAsync(request, ct);
            foreach (var line in Words(request, report)) Console.WriteLine(line);
            return report.Refused ? 1 : 0;
        }
        catch (Exception e) when (e is SourceFileException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return StoreCommand.Failed;
        }
    }

    private static SweepRequest RequestOf(ParseResult parsed)
    {
        var (path, fact) = (parsed.GetValue(File)!, parsed.GetValue(Fact)!);
        if (!System.IO.File.Exists(path)) throw new SourceFileException($"{path}: there is no such file.");
        return new SweepRequest
        {
            Source = parsed.GetValue(Source)!.TrimEnd(':'),
            Fact = FactTable.Find(fact) ?? throw new SourceFileException($"There is no fact {Shown.Quoted(fact)}{Nearest.Hint(fact, FactTable.All.Select(t => t.Name))}."),
            Path = path,
            Column = parsed.GetValue(Column),
            ListedAt = ListTime.Of(parsed.GetValue(AsOf), path),
            Agreed = parsed.GetValue(Yes),
        };
    }

    private static IEnumerable<string> Words(SweepRequest request, SweepReport report)
    {
        yield return $"{N(report.Listed)} ids on the list, {N(report.Living)} {request.Fact} of {request.Source} live here, {N(report.Vanished)} of them are not on the list{First(report.FirstVanished, report.Vanished)}.";
        if (report.Younger > 0) yield return $"{N(report.Younger)} came in after the list was written and were left alone.";
        if (report.Missing > 0) yield return $"{N(report.Missing)} ids of the list are not here{First(report.FirstMissing, report.Missing)}.";
        if (report.Deleted > 0) yield return $"{N(report.Deleted)} ids of the list are deleted here.";
        yield return report.Refused
            ? "Nothing was deleted: that is more than 5 % at once. Is the list whole, and of this object? If it is, add --yes."
            : $"{N(report.Marked)} marked as deleted in batch {report.Batch}.";
    }

    private static string First(IReadOnlyList<string> keys, long all) => keys.Count == 0 ? "" : $" ({string.Join(", ", keys)}{(all > keys.Count ? ", …" : "")})";

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
