using System.CommandLine;
using System.Globalization;
using Followthrough.Analytics.Store;

namespace Followthrough.Analytics.Metrics;

/// <summary><c>analytics metric ID [--period P] [--by D] [--as-of T] [--json]</c>.</summary>
internal static class MetricCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("metric") { Description = $"One of {string.Join(", ", MetricCatalogue.All.Select(m => m.Id))}." };
        id.AcceptOnlyFromAmong([.. MetricCatalogue.All.Select(m => m.Id)]);
        var period = new Option<Period>("--period")
        {
            Description = "2026-Q3, 2026-07, 2026 or 2026-07-01..2026-09-30. Without it: all time.",
            DefaultValueFactory = _ => Period.Always,
            CustomParser = result =>
            {
                if (Period.TryParse(result.Tokens[0].Value, out var parsed)) return parsed;
                result.AddError($"'{result.Tokens[0].Value}' is no period; expected 2026-Q3, 2026-07, 2026 or 2026-07-01..2026-09-30.");
                return null;
            },
        };
        var by = new Option<Dimension?>("--by") { Description = "Splits the figure: team, staff, account, region, segment, channel or month." };
        var asOf = new Option<DateTimeOffset?>("--as-of")
        {
            Description = "As known then (ISO 8601): later facts are unseen and the clock stands there.",
            CustomParser = result =>
            {
                const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
                if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, utc, out var at)) return at;
                result.AddError($"'{result.Tokens[0].Value}' is no date and time; expected for example 2026-09-30T18:00:00Z.");
                return null;
            },
        };
        var json = new Option<bool>("--json") { Description = "One JSON object; with --by an array of groups inside it." };
        var command = new Command("metric", "Prints a figure with everything needed to judge it.") { id, period, by, asOf, json };
        command.SetAction((parsed, ct) => StoreCommand.RunAsync(store => RunAsync(
            store,
            new MetricQuery
            {
                Metric = parsed.GetValue(id)!, Period = parsed.GetValue(period)!, AsOf = parsed.GetValue(asOf), Viewer = Viewer.Everything("command line"),
            },
            parsed.GetValue(by), parsed.GetValue(json), ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, MetricQuery query, Dimension? by, bool json, CancellationToken ct)
    {
        var reader = new MetricReader(store.DataSource, TimeProvider.System);
        var value = await reader.ValueAsync(query, ct);
        var groups = by is { } dimension ? await reader.GroupsAsync(query, dimension, ct) : [];
        if (json) Console.WriteLine(MetricReport.Json(query, value, by, groups));
        else MetricReport.Print(query, value, by, groups);
        return 0;
    }
}
