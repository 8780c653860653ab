using System.CommandLine;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Metrics;

/// <summary><c>analytics metric ID [--period P] [--by D] [--as-of T] [--json]</c> and <c>analytics metric ID --explain</c>.</summary>
internal static class MetricCommand
{
    private const string Now = "now";

    public static Command Create()
    {
        var id = new Argument<string>("metric") { Description = "Its id; 'analytics metrics' lists them." };
        // Not as a closed set: the help would print all of them on one line.
        id.Validators.Add(result =>
        {
            var given = result.Tokens[0].Value;
            if (MetricCatalogue.Definition(given) is null) result.AddError($"There is no metric '{given}'; 'analytics metrics' lists what there is.");
        });
        var period = new Option<string?>("--period") { Description = $"{PeriodLabel.Forms}. Without it: all time." };
        var by = ChoiceOption.Create<Dimension>("--by", "Splits the figure.");
        var asOf = new Option<string?>("--as-of") { Description = $"As known then: {Moment.Forms}. Later facts are unseen and the clock stands there. '{Now}' states closed quarters as now known, not as reported." };
        var json = new Option<bool>("--json") { Description = "One JSON object; with --by an array of groups inside it." };
        var explain = new Option<bool>("--explain") { Description = "Prints what it means, an example and its SQL instead of the figure." };
        var command = new Command("metric", "Prints a figure with everything needed to judge it.") { id, period, by, asOf, json, explain };
        command.SetAction((parsed, ct) => parsed.GetValue(explain) ? ExplainAsync(parsed.GetValue(id)!) : StoreCommand.RunAsync(store => RunAsync(
            store, parsed.GetValue(id)!, parsed.GetValue(period), parsed.GetValue(asOf), parsed.GetValue(by), parsed.GetValue(json), ct), ct));
        return command;
    }

    private static Task<int> ExplainAsync(string metric)
    {
        MetricExplanation.Write(MetricCatalogue.Definition(metric)!, Console.Out);
        return Task.FromResult(0);
    }

    private static async Task<int> RunAsync(
        AnalyticsStore store, string metric, string? label, string? asOf, Dimension? by, bool json, CancellationToken ct)
    {
        if (MetricCatalogue.Find(metric) is null) return await RefuseAsync($"'{metric}' is a triangle of figures: 'analytics cohorts' prints it.");
        // Which days a fiscal period has, and when a day ends, depends on the company.
        var company = await Company.ReadAsync(store.DataSource, ct);
        var query = new MetricQuery { Metric = metric, Viewer = Viewer.Everything("command line") };
        if (label is not null)
        {
            if (!Period.TryParse(label, company.Fiscal, out var period)) return await RefuseAsync($"'{label}' is no period; expected {PeriodLabel.Forms}.");
            query = query with { Period = period };
        }
        if (asOf == Now) query = query with { AsNowKnown = true };
        else if (asOf is not null)
        {
            if (!Moment.TryRead(asOf, company.Zone, TimeProvider.System.GetUtcNow(), out var at, out var refusal)) return await RefuseAsync(refusal);
            query = query with { AsOf = at };
        }
        if (await IsBehindAsync(store, ct)) await Console.Error.WriteLineAsync("Some facts are not in the ledger yet: run 'analytics refresh', or let the dashboard run.");
        await using var reader = new MetricReader(store.DataSource, TimeProvider.System);
        var value = await reader.ValueAsync(query, ct);
        var groups = by is { } dimension ? await reader.GroupsAsync(query, dimension, ct) : [];
        if (json) Console.WriteLine(MetricReport.Json(query, value, by, groups));
        else MetricReport.Print(query, value, by, groups);
        return 0;
    }

    private static async Task<bool> IsBehindAsync(AnalyticsStore store, CancellationToken ct)
    {
        await using var command = store.DataSource.CreateCommand("select exists (select from dirty_account)");
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }
}
