using System.CommandLine;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Spectre.Console;

namespace Followthrough.Analytics.Editions;

/// <summary><c>analytics close PERIOD</c>: says what stands in the way, or writes what two people have signed.</summary>
internal static class CloseCommand
{
    public static Command Create()
    {
        var period = new Argument<string>("period") { Description = "The quarter: 2026-Q3, or FY2026-Q2 where the company has fiscal quarters of its own." };
        var command = new Command("close", "Says what stands in the way of closing a quarter; writes the edition once two people have signed it.") { period };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => RunAsync(store, parsed.GetValue(period)!, ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, string label, CancellationToken ct)
    {
        var company = await Company.ReadAsync(store.DataSource, ct);
        if (!Period.TryParse(label, company.Fiscal, out var quarter))
        {
            await Console.Error.WriteLineAsync($"'{label}' is no period; expected {PeriodLabel.Forms}.");
            return 1;
        }
        if (await new ClosingDesk(store.DataSource, TimeProvider.System).FindAsync(quarter.Label, ct) is { Second: not null } signed) return await WriteAsync(store, signed, ct);
        var closing = await new ClosingDesk(store.DataSource, TimeProvider.System).FindAsync(quarter.Label, ct);
        var edition = (await EditionList.ReadAsync(store.DataSource, ct)).Of(quarter.Label);
        if (edition is not null && closing is null)
        {
            Console.WriteLine($"{edition.Name} was closed on {edition.ClosedAt:yyyy-MM-dd} by {edition.FirstBy} and {edition.SecondBy}. SHA-256 {edition.Hash}");
            return 0;
        }
        var items = closing?.Checklist ?? await new Checklist(store.DataSource).ReadAsync(quarter, TimeProvider.System.GetUtcNow(), ct);
        foreach (var item in items) Console.WriteLine($"  {(item.IsOk ? "ok      " : item.Override is null ? "not ok  " : "override")}  {item.Words}{(item.Override is null ? "" : $" Closed nevertheless: {item.Override}")}");
        Console.WriteLine(closing is null
            ? $"{quarter.Label} is open. Two people sign it, on the page Audits; what is not ok takes a reason."
            : $"{quarter.Label} was signed by {closing.First.Name} for what was known at {closing.CutOff:yyyy-MM-dd HH:mm:ss}Z. It waits for the signature of another person, on the page Audits.");
        return items.Any(i => i.Blocks) ? 1 : 0;
    }

    private static async Task<int> WriteAsync(AnalyticsStore store, Closing signed, CancellationToken ct)
    {
        var writer = new EditionWriter(store.DataSource, TimeProvider.System);
        var edition = Console.IsOutputRedirected
            ? await writer.WriteAsync(signed, null, ct)
            : await AnsiConsole.Progress().StartAsync(context => writer.WriteAsync(signed, new Bar(context.AddTask("edition")), ct));
        Console.WriteLine($"{edition.Name} is closed. SHA-256 {edition.Hash}");
        return 0;
    }

    private sealed class Bar(ProgressTask task) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => task.Value = 100.0 * value.Done / value.Total;
    }
}
