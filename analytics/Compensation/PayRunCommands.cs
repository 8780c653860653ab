using System.CommandLine;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Compensation;

/// <summary><c>analytics pay run PLAN PERIOD</c> and <c>analytics pay export RUN FILE</c>.</summary>
internal static class PayRunCommands
{
    public static Command Run()
    {
        var plan = new Argument<string>("plan") { Description = "Id of the plan." };
        var period = new Argument<string>("period") { Description = "A finished period of the plan: 2026-Q3, 2026-07 or 2026." };
        var command = new Command("run", "Makes a draft of what a plan pays for a period; it is reviewed and approved on the pages.") { plan, period };
        command.SetAction((parsed, ct) => DoAsync(async store =>
        {
            var run = await new PayRuns(store.DataSource, TimeProvider.System).PrepareAsync(parsed.GetValue(plan)!, parsed.GetValue(period)!, PayActor.CommandLine, ct);
            var view = (await new PayReader(store.DataSource).RunAsync(PayScope.Everything("command line"), run, ct))!;
            Console.WriteLine(FormattableString.Invariant($"Run {run}: a draft of {view.Statements} statements; {view.Payable:N2} {view.Currency} to be paid, {view.Held:N2} held, {view.Adjusted:N2} for earlier periods."));
        }, ct));
        return command;
    }

    public static Command Export()
    {
        var run = new Argument<long>("run") { Description = "Number of the run." };
        var file = new Argument<string>("file") { Description = "Where to: a new file." };
        var command = new Command("export", "Writes all of a run that somebody needs to compute it again: plans, terms, inputs and results, as JSON.") { run, file };
        command.SetAction((parsed, ct) => DoAsync(async store =>
        {
            var bundle = await PayBundle.WriteAsync(store.DataSource, TimeProvider.System, parsed.GetValue(run), ct);
            await File.WriteAllTextAsync(parsed.GetValue(file)!, bundle, ct);
        }, ct));
        return command;
    }

    private static Task<int> DoAsync(Func<AnalyticsStore, Task> work, CancellationToken ct) => StoreCommand.RunAsync(async store =>
    {
        try
        {
            await work(store);
            return 0;
        }
        catch (Exception refused) when (refused is PayException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }, ct);
}
