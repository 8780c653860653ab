using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Mappings;
using Npgsql;

namespace Followthrough.Ingest.Replaying;

/// <summary><c>ingest replay [ID…|--reason R|--batch B|--all] [--mapping NAME] [--set FIELD=VALUE]</c>.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<long[]> Ids = new("id") { Description = "Rejected records, by the number the quarantine shows.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> Reason = new("--reason") { Description = "All that are rejected for this reason." };
    private static readonly Option<long?> Batch = new("--batch") { Description = "All of this batch." };
    private static readonly Option<bool> All = new("--all") { Description = "All that are open." };
    private static readonly Option<string?> Mapping = new("--mapping") { Description = "The mended mapping: its name or the path of its .yaml file. Without it: the batch's own, as it is by now." };
    private static readonly Option<string[]> Set = new("--set") { Description = "FIELD=VALUE: corrects a field of the one record, and may be given again; an empty value leaves the field out." };

    public static Command Create()
    {
        var command = new Command("replay", "Tries rejected records again. Exit code 0 all in, 1 some are rejected again, 2 it could not be done.") { Ids, Reason, Batch, All, Mapping, Set };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => RunAsync(store, parsed, ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, ParseResult parsed, CancellationToken ct)
    {
        try
        {
            var report = await new Replay(store.DataSource, new KeptFiles(store.Folder), TimeProvider.System).RunAsync(RequestOf(parsed), ct);
            foreach (var problem in report.Problems) Console.WriteLine(problem);
            Console.WriteLine($"{N(report.Settled)} settled, {N(report.Left)} still rejected. {N(report.Added)} new, {N(report.Changed)} changed, {N(report.Unchanged)} unchanged facts"
                + (report.Batches.Count > 0 ? $" in batch {string.Join(", ", report.Batches)}." : "."));
            if (report.Released > 0) Console.WriteLine($"{N(report.Released)} rows that had waited for their account are in now.");
            return report.Left > 0 || report.Problems.Count > 0 ? 1 : 0;
        }
        catch (Exception e) when (e is MappingException or NpgsqlException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return StoreCommand.Failed;
        }
    }

    private static ReplayRequest RequestOf(ParseResult parsed) => new()
    {
        Ids = parsed.GetValue(Ids) ?? [],
        Reason = parsed.GetValue(Reason),
        Batch = parsed.GetValue(Batch),
        All = parsed.GetValue(All),
        Mapping = parsed.GetValue(Mapping),
        Edit = EditOf(parsed.GetValue(Set) ?? []),
        By = Environment.UserName,
    };

    private static Dictionary<string, string> EditOf(string[] set)
    {
        var edit = new Dictionary<string, string>();
        foreach (var one in set)
        {
            var at = one.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new MappingException($"--set {one}: expected FIELD=VALUE.");
            edit[one[..at]] = one[(at + 1)..];
        }
        return edit;
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
