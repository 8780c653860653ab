using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;
using Spectre.Console;

namespace Followthrough.Ingest.Sources.Webhooks;

/// <summary><c>ingest hook list</c>. Sources are made and changed on the dashboard, which has the keys their secrets are kept with.</summary>
internal static class HookCommand
{
    private const int Failed = 2;

    public static Command Create()
    {
        var list = new Command("list", "Lists the systems whose webhooks are taken, and what came of them. They are set up on the dashboard, Data, Sources.");
        list.SetAction((_, ct) => RunAsync(ct));
        return new Command("hook", "Webhooks.") { list };
    }

    private static async Task<int> RunAsync(CancellationToken ct)
    {
        try
        {
            await using var store = await AnalyticsStore.OpenAsync(ct);
            Print(await HookTally.ReadAsync(store.DataSource, TimeProvider.System.GetUtcNow(), ct));
            return 0;
        }
        catch (StoreException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }

    private static void Print(IReadOnlyList<HookTally> tallies)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        var table = new Table().Border(TableBorder.Simple).AddColumns("name", "scheme", "mapping", "last delivery");
        foreach (var name in new[] { "deliveries", "rows", "taken", "rejected" }) table.AddColumn(name, c => c.RightAligned());
        foreach (var t in tallies)
            table.AddRow(
                t.Source.Name, t.Source.Scheme.ToString().ToLowerInvariant(), t.Source.Mapping, t.LastAt?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "never",
                N(t.Deliveries), N(t.Rows), N(t.Taken), N(t.Rejected));
        AnsiConsole.Write(table);
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
