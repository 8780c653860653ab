using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Analytics.TieOuts;
using Followthrough.Ingest.Loading;
using Followthrough.Ingest.Sources.Files;
using Npgsql;
using Spectre.Console;

namespace Followthrough.Ingest.TieOuts;

/// <summary><c>ingest tie-out FILE [--ids FILE] [--as-of TIME]</c>.</summary>
internal static class TieOutCommand
{
    private const int ShownDifferences = 20;

    private static readonly Argument<string> Totals = new("file") { Description = "Lines of source, fact, period (2026-07, 2026-Q3 or all), rows, and where there are any amount, currency." };
    private static readonly Option<string?> Ids = new("--ids") { Description = "The records behind the totals: lines of source, fact, period, id, and where there are any amount, currency." };
    private static readonly Option<string?> AsOf = new("--as-of") { Description = "When the source counted; the file's own time when left out." };

    public static Command Create()
    {
        var command = new Command("tie-out", "Holds what is stored against what the sources say they have. Exit code 0 all alike, 1 something differs, 2 not readable.") { Totals, Ids, AsOf };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => RunAsync(store, parsed, ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, ParseResult parsed, CancellationToken ct)
    {
        try
        {
            var path = parsed.GetValue(Totals)!;
            if (!File.Exists(path)) throw new SourceFileException($"{path}: there is no such file.");
            var stated = await new TieOut(store.DataSource, new KeptFiles(store.Folder)).StateAsync(path, parsed.GetValue(Ids), ListTime.Of(parsed.GetValue(AsOf), path), ct);
            var zone = (await Company.ReadAsync(store.DataSource, ct)).Zone;
            var compared = (await Compared.ReadAsync(store.DataSource, zone, ct)).Where(c => stated.Contains(c.Id)).ToList();
            Print(compared);
            foreach (var total in compared.Where(c => c is { Listed: > 0, State: not TieOutState.Ok })) await PrintAsync(store.DataSource, zone, total, ct);
            return compared.All(c => c.State == TieOutState.Ok) ? 0 : 1;
        }
        catch (Exception e) when (e is SourceFileException or NpgsqlException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return StoreCommand.Failed;
        }
    }

    private static void Print(IReadOnlyList<Compared> compared)
    {
        // A pipe has no width; eighty columns would break names.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in new[] { "source", "fact", "period", "state" }) table.AddColumn(name, c => c.NoWrap());
        foreach (var name in new[] { "rows said", "stored", "difference", "amount said", "stored", "difference" }) table.AddColumn(name, c => c.RightAligned());
        foreach (var c in compared)
            table.AddRow(
                c.Source.EscapeMarkup(), c.Fact, $"{c.Period} {c.Currency}".TrimEnd().EscapeMarkup(), Words(c.State), N(c.SaidRows), N(c.StoredRows), N(c.RowsDifference),
                Money(c.SaidAmount), c.SaidAmount is null ? "" : Money(c.StoredAmount), Money(c.AmountDifference));
        AnsiConsole.Write(table);
    }

    private static async Task PrintAsync(NpgsqlDataSource db, TimeZoneInfo zone, Compared total, CancellationToken ct)
    {
        var (rows, all) = await Difference.ReadAsync(db, zone, total, ShownDifferences, 0, ct);
        Console.WriteLine($"{total.Source} {total.Fact} {total.Period}: {N(all)} records differ.");
        foreach (var row in rows) Console.WriteLine($"  {row.Key}: {Words(row)}");
        if (all > rows.Count) Console.WriteLine($"  … and {N(all - rows.Count)} more, on the tie-out page of the dashboard.");
    }

    private static string Words(TieOutState state) => state switch
    {
        TieOutState.Ok => "ok",
        TieOutState.Differs => "differs",
        TieOutState.NoData => "no data",
        TieOutState.Stale => "stale",
        _ => throw new InvalidOperationException($"No state {state}."),
    };

    private static string Words(Difference row) => row.Kind switch
    {
        DifferenceKind.Missing => "the source has it; it never came",
        DifferenceKind.Rejected => $"the source has it; it was rejected, see {row.QuarantineId} in the quarantine",
        DifferenceKind.Deleted => "the source has it; it is deleted here",
        DifferenceKind.Elsewhere => "the source has it; it is stored in another period or currency",
        DifferenceKind.Surplus => "is stored; the source does not list it",
        DifferenceKind.Amount => $"the source says {Money(row.Said)}, stored is {Money(row.Stored)}",
        DifferenceKind.Stored => "is stored",
        _ => throw new InvalidOperationException($"No difference {row.Kind}."),
    };

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(decimal? amount) => amount?.ToString("#,0.00##", CultureInfo.InvariantCulture) ?? "";
}
