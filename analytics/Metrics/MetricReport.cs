using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Followthrough.Analytics.Commitments;
using Spectre.Console;

namespace Followthrough.Analytics.Metrics;

/// <summary>A figure as the command line shows it.</summary>
internal static class MetricReport
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        // Written to a console or a file, never into a page: a plus sign may stay a plus sign.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print(MetricQuery query, MetricValue value, Dimension? by, IReadOnlyList<MetricGroup> groups)
    {
        var metric = MetricCatalogue.Find(query.Metric)!;
        Console.WriteLine($"{metric.Name}, {query.Period.Label}, as of {value.AsOf.ToString("yyyy-MM-dd HH:mm", Culture)}Z (definition {metric.Id} v{metric.Version})");
        Console.WriteLine();
        foreach (var (name, text) in Lines(metric, value)) Console.WriteLine($"  {name,-28}{text}");
        if (groups.Count > 0) PrintGroups(metric, by!.Value, groups);
    }

    public static string Json(MetricQuery query, MetricValue value, Dimension? by, IReadOnlyList<MetricGroup> groups)
    {
        var document = JsonSerializer.SerializeToNode(value, Snake)!.AsObject();
        document.Insert(0, "metric", query.Metric);
        document.Insert(1, "period", query.Period.Label);
        if (by is not null)
        {
            document["by"] = by.Value.ToString().ToLowerInvariant();
            document["groups"] = JsonSerializer.SerializeToNode(groups, Snake);
        }
        return document.ToJsonString(Snake);
    }

    private static IEnumerable<(string, string)> Lines(MetricDefinition metric, MetricValue v)
    {
        yield return ("value", $"{Rate(v.Value, v.Reason)}{(v.TooFew && v.Value is not null ? $"  (n = {v.N}, too few to judge)" : "")}");
        if (v.Interval is { } i) yield return ("95 % interval (Wilson)", $"{Percent(i.Low)} to {Percent(i.High)}");
        yield return ("n", $"{N(v.N)} = {N(v.Kept)} kept + {N(v.Missed)} missed");
        yield return ($"never {metric.Fulfilled}", $"{N(v.NeverAnswered)} (counted as missed)");
        yield return ("pending", N(v.Pending));
        yield return ("excused", v.Excluded.Count == 0 ? "0" : string.Join(", ", v.Excluded.Select(e => $"{N(e.Value)} {e.Key}")));
        yield return ($"hours until {metric.Fulfilled}", $"p50 {Hours(v.MedianHours)}, p90 {Hours(v.P90Hours)} (Kaplan-Meier, the open ones censored)");
        yield return ($"{metric.Fulfilled} only would say", $"{Rate(v.AnsweredOnly.Value, v.AnsweredOnly.Reason)} of {N(v.AnsweredOnly.N)}, median {Hours(v.AnsweredOnlyMedianHours)}");
        if (CommitmentRule.Of(metric.Kind).HasNextBusinessDay) yield return ("next business day variant", $"{Rate(v.NextBusinessDay.Value, v.NextBusinessDay.Reason)}{(v.NextBusinessDay.N > 0 ? $" of {N(v.NextBusinessDay.N)}" : "")}");
    }

    private static void PrintGroups(MetricDefinition metric, Dimension by, IReadOnlyList<MetricGroup> groups)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        var table = new Table().Border(TableBorder.Simple).AddColumn(by.ToString().ToLowerInvariant());
        foreach (var name in new[] { "value", "low", "high", "n", "kept", "missed", "never", "pending", "p50 h", $"{metric.Fulfilled} only" })
            table.AddColumn(name, c => c.RightAligned());
        foreach (var (_, name, v) in groups)
            table.AddRow(name.EscapeMarkup(), Rate(v.Value, "—"), Rate(v.Interval?.Low, ""), Rate(v.Interval?.High, ""), N(v.N), N(v.Kept), N(v.Missed),
                N(v.NeverAnswered), N(v.Pending), Hours(v.MedianHours), Rate(v.AnsweredOnly.Value, "—"));
        AnsiConsole.Write(table);
    }

    private static string Rate(double? rate, string? otherwise) => rate is { } r ? Percent(r) : $"— {otherwise}";

    private static string Percent(double rate) => (100 * rate).ToString("0.0000", Culture) + " %";

    private static string Hours(double? hours) => hours is { } h ? h.ToString("0.######", Culture) : "not reached";

    private static string N(long n) => n.ToString("N0", Culture);
}
