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
        var period = new Option<string?>("--period") { Description = $"{PeriodLabel.Forms}. Without it: all time." };
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
                Metric = parsed.GetValue(id)!,
                AsOf = parsed.GetValue(asOf),
                Viewer = Viewer.Everything("command line"),
            },
            parsed.GetValue(period), parsed.GetValue(by), parsed.GetValue(json), ct), ct));
        return command;
    }

    private static async Task<int> RunAsync(AnalyticsStore store, MetricQuery query, string? label, Dimension? by, bool json, CancellationToken ct)
    {
        // Which days a fiscal period has depends on the company.
        var company = await Company.ReadAsync(store.DataSource, ct);
        if (label is not null)
        {
            if (!Period.TryParse(label, company.Fiscal, out var period))
            {
                await Console.Error.WriteLineAsync($"'{label}' is no period; expected {PeriodLabel.Forms}.");
                return 1;
            }
            query = query with { Period = period };
        }
        var reader = new MetricReader(store.DataSource, TimeProvider.System);
        var value = await reader.ValueAsync(query, ct);
        var groups = by is { } dimension ? await reader.GroupsAsync(query, dimension, ct) : [];
        if (json) Console.WriteLine(MetricReport.Json(query, value, by, groups));
        else MetricReport.Print(query, value, by, groups);
        return 0;
    }
}
