using Followthrough.Analytics.Commitments;
using Followthrough.Analytics.Demo;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Followthrough.Ingest.Loading;
using Npgsql;

namespace Followthrough.Dashboard.Startup;

/// <summary>Fills an installation that has never had data with the demo company, so that the first page shows what the product does.</summary>
internal sealed partial class FirstStart(
    NpgsqlDataSource db, DataFolder folder, DashboardOptions options, Preparation preparation, TimeProvider clock, ILogger<FirstStart> log)
    : BackgroundService
{
    private const string DemoName = "Hartwell Building Controls (demo)";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (options.WithDemo && await IsUnfinishedAsync(stoppingToken)) await FillAsync(stoppingToken);
            preparation.Finish();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(log);
        }
        catch (Exception failed)
        {
            LogFailed(log, failed);
            preparation.Fail($"{failed.Message} What was loaded is kept; starting again goes on from there, --demo none starts without the demo company.");
        }
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        // History ends at midnight UTC, so that no customer turns to us in the future.
        var anchor = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        await DemoCompany.WriteAsync(
            new DemoOptions { Anchor = anchor }, folder.Demo, Progress<double>("Making up the demo company", share => share), cancellation);
        var company = await Company.ReadAsync(db, cancellation);
        await (company with { Name = DemoName, Zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), Currency = "USD" }).WriteAsync(db, cancellation);
        var report = await new Loader(db, new KeptFiles(folder), clock).LoadAsync(
            new LoadRequest { Path = folder.Demo, Backfill = true },
            Progress<LoadProgress>("Loading its three years", p => p.Total == 0 ? 1 : (double)p.Done / p.Total), cancellation);
        if (report.Files.FirstOrDefault(file => file.Outcome == FileOutcome.Failed) is { } failed)
            throw new InvalidOperationException($"The demo company could not be loaded: {failed.Name}: {string.Join(' ', failed.Problems)}");
        await DemoAims.WriteAsync(db, anchor, clock.GetUtcNow(), cancellation);
        await DemoPay.WriteAsync(db, anchor, clock, cancellation);
        await new Ledger(db, clock).RefreshAsync(
            Progress<(long Done, long Total)>("Working out what was owed and whether it was done", p => p.Total == 0 ? 1 : (double)p.Done / p.Total), cancellation);
        preparation.Report("Paying the quarter before the last", null);
        await DemoPay.PayAsync(db, anchor, clock, cancellation);
    }

    // Begun and not ended counts as never begun: loading again changes nothing that is in.
    private async Task<bool> IsUnfinishedAsync(CancellationToken cancellation)
    {
        await using var command = db.CreateCommand("select not exists (select from batch) or (select name = $1 and version = 0 from company, ledger_state)");
        command.Parameters.AddWithValue(DemoName);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private Reported<T> Progress<T>(string what, Func<T, double> share)
    {
        preparation.Report(what, null);
        return new(value => preparation.Report(what, share(value)));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped while the demo company was prepared; the next start goes on.")]
    private static partial void LogStopped(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "The demo company could not be prepared.")]
    private static partial void LogFailed(ILogger log, Exception failed);

    /// <summary>Passes on at once and in order, where the framework's own would hand each report to the thread pool.</summary>
    private sealed class Reported<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
