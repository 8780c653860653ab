using System.CommandLine;
using System.Diagnostics;
using Followthrough.Analytics.Store;
using Spectre.Console;

namespace Followthrough.Analytics.Commitments;

/// <summary><c>analytics refresh</c> and <c>analytics rebuild</c>.</summary>
internal static class LedgerCommands
{
    public static Command Refresh() =>
        Create("refresh", "Recomputes the ledger of the accounts whose facts changed.", (ledger, progress, ct) => ledger.RefreshAsync(progress, ct));

    public static Command Rebuild() =>
        Create("rebuild", "Recomputes the whole ledger from the facts.", (ledger, progress, ct) => ledger.RebuildAsync(progress, ct));

    private static Command Create(
        string name, string description, Func<Ledger, IProgress<(long, long)>?, CancellationToken, Task<LedgerChange>> run)
    {
        var command = new Command(name, description);
        command.SetAction((_, ct) => StoreCommand.RunAsync(store => RunAsync(new Ledger(store.DataSource, TimeProvider.System), run, ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(
        Ledger ledger, Func<Ledger, IProgress<(long, long)>?, CancellationToken, Task<LedgerChange>> run, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var change = Console.IsOutputRedirected
            ? await run(ledger, null, ct)
            : await AnsiConsole.Progress().StartAsync(context => run(ledger, new AccountsBar(context.AddTask("accounts")), ct));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(change.Accounts == 0
            ? "Nothing to do: the ledger has all facts (a running dashboard refreshes it by itself)."
            : $"{change.Accounts:N0} accounts: {change.Written:N0} commitments written, {change.Removed:N0} removed, in {seconds:N1} s.");
        return 0;
    }

    private sealed class AccountsBar(ProgressTask task) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => task.Value = 100.0 * value.Done / value.Total;
    }
}
