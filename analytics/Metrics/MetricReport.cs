using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Followthrough.Analytics.Commitments;
using Spectre.Console;

namespace Followthrough.Analytics.Metrics;

/// <summary>A figure as the command line shows it.</summary>
internal static class MetricReport
{
    private const int Wide = 160;

    internal static readonly JsonSerializerOptions Snake = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        // Written to a console or a file, never into a page: a plus sign may stay a plus sign.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print(MetricQuery query, MetricValue value, Dimension? by, IReadOnlyList<MetricGroup> groups)
    {
        var metric = MetricCatalogue.Find(query.Metric)!;
        var asOf = value.AsOf.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Console.WriteLine($"{metric.Name}, {query.Period.Label}, as of {asOf}Z (definition {metric.Id} v{metric.Version} {metric.Hash})");
        if (value.Edition is { } edition)
            Console.WriteLine(edition.IsWhole ? $"As reported: {string.Join(", ", edition.Names)} closed." : $"As now known: the period reaches beyond {string.Join(", ", edition.Names)}, which is closed.");
        Console.WriteLine();
        var lines = Lines(metric, value).ToList();
        var width = lines.Max(line => line.Name.Length) + 2;
        foreach (var (name, text) in lines) Console.WriteLine($"  {name.PadRight(width)}{text}");
        if (groups.Count > 0) PrintGroups(metric, by!.Value, groups);
    }

    public static string Json(MetricQuery query, MetricValue value, Dimension? by, IReadOnlyList<MetricGroup> groups)
    {
        var document = JsonSerializer.SerializeToNode(value, value.GetType(), Snake)!.AsObject();
        document.Remove("metric");
        document.Insert(0, "metric", query.Metric);
        document.Insert(1, "period", query.Period.Label);
        document.Insert(2, "unit", JsonSerializer.SerializeToNode(MetricCatalogue.Find(query.Metric)!.Unit, Snake));
        if (by is not null)
        {
            document["by"] = by.Value.ToString().ToLowerInvariant();
            document["groups"] = JsonSerializer.SerializeToNode(groups.Select(g => new { g.Key, g.Name, Value = (object)g.Value }), Snake);
        }
        return document.ToJsonString(Snake);
    }

    private static IEnumerable<(string Name, string Text)> Lines(MetricDefinition metric, MetricValue value)
    {
        var currency = (value as MeasureValue)?.Currency;
        yield return ("value", $"{FigureText.Of(value.Value, value.Reason, metric.Unit, currency)}{(value.TooFew && value.Value is not null ? $"  (n = {value.N}, too few to judge)" : "")}");
        if (value.Interval is { } i) yield return ($"95 % interval ({IntervalName(metric.Aggregation)})", FigureText.Of(i, metric.Unit, currency));
        foreach (var line in value is CommitmentValue kept ? Lines((CommitmentMetric)metric, kept) : Lines((MeasureMetric)metric, (MeasureValue)value)) yield return line;
    }

    private static IEnumerable<(string, string)> Lines(CommitmentMetric metric, CommitmentValue v)
    {
        yield return ("n", $"{FigureText.N(v.N)} = {FigureText.N(v.Kept)} kept + {FigureText.N(v.Missed)} missed");
        yield return ($"never {metric.Fulfilled}", $"{FigureText.N(v.NeverAnswered)} (counted as missed)");
        yield return ("pending", FigureText.N(v.Pending));
        yield return ("excused", Excluded(v));
        yield return ($"hours until {metric.Fulfilled}", $"p50 {FigureText.Hours(v.MedianHours)}, p90 {FigureText.Hours(v.P90Hours)} (Kaplan-Meier, the open ones censored)");
        yield return ($"{metric.Fulfilled} only would say", $"{Rate(v.AnsweredOnly)} of {FigureText.N(v.AnsweredOnly.N)}, median {FigureText.Hours(v.AnsweredOnlyMedianHours)}");
        if (CommitmentRule.Of(metric.Kind).HasNextBusinessDay) yield return ("next business day variant", $"{Rate(v.NextBusinessDay)}{(v.NextBusinessDay.N > 0 ? $" of {FigureText.N(v.NextBusinessDay.N)}" : "")}");
    }

    private static IEnumerable<(string, string)> Lines(MeasureMetric metric, MeasureValue v)
    {
        yield return ("n", FigureText.N(v.N));
        yield return ("excluded", Excluded(v));
        if (v.Base is not null) yield return ("of", $"{FigureText.Of(v.Amount ?? 0, v.Currency)} / {FigureText.Of(v.Base.Value, v.Currency)}");
        if (v.Unfinished is { } unfinished)
        {
            yield return ("p50, p90", $"{FigureText.Of(v.Median, "not reached", metric.Unit)}, {FigureText.Of(v.P90, "not reached", metric.Unit)} (Kaplan-Meier, {FigureText.N(unfinished)} unfinished censored)");
            yield return ("finished only would say", FigureText.Of(v.FinishedOnlyMedian, "none is finished", metric.Unit));
        }
        if (v.Respondents is { } r)
            yield return ("each respondent once", $"{FigureText.Of(r.Value, metric.Unit)}{(r.Interval is { } i ? $", {FigureText.Of(i, metric.Unit)}" : "")}, {FigureText.N(r.N)} answers from {FigureText.N(r.Accounts)} accounts");
    }

    private static void PrintGroups(MetricDefinition metric, Dimension by, IReadOnlyList<MetricGroup> groups)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = Wide;
        var table = new Table().Border(TableBorder.Simple).AddColumn(by.ToString().ToLowerInvariant());
        foreach (var name in Columns(metric)) table.AddColumn(name, c => c.RightAligned());
        foreach (var group in groups) table.AddRow([group.Name.EscapeMarkup(), .. Cells(metric, group.Value).Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    private static string[] Columns(MetricDefinition metric) => metric is CommitmentMetric counted
        ? ["value", "low", "high", "n", "kept", "missed", "never", "pending", "p50 h", $"{counted.Fulfilled} only"]
        : ["value", "low", "high", "n", "excluded", "amount", "base"];

    private static string[] Cells(MetricDefinition metric, MetricValue value)
    {
        var currency = (value as MeasureValue)?.Currency;
        string[] first =
        [
            value.Value is { } v ? FigureText.Of(v, metric.Unit, currency) : "—",
            value.Interval is { } low ? FigureText.Of(low.Low, metric.Unit) : "", value.Interval is { } high ? FigureText.Of(high.High, metric.Unit) : "", FigureText.N(value.N),
        ];
        return value switch
        {
            CommitmentValue c => [.. first, FigureText.N(c.Kept), FigureText.N(c.Missed), FigureText.N(c.NeverAnswered), FigureText.N(c.Pending), FigureText.Hours(c.MedianHours), Rate(c.AnsweredOnly)],
            MeasureValue m => [.. first, FigureText.N(m.Excluded.Values.Sum()), Plain(m.Amount, currency), Plain(m.Base, currency)],
            _ => first,
        };
    }

    // The column's head names no currency: the value beside it does.
    private static string Plain(decimal? amount, string? currency) =>
        amount is not { } a ? "" : currency is null ? FigureText.Of(a, null) : FigureText.Money(a);

    private static string IntervalName(Aggregation aggregation) => aggregation switch
    {
        Aggregation.Ratio => "linearised",
        Aggregation.AccountMean => "bootstrap over accounts",
        _ => "Wilson",
    };

    private static string Excluded(MetricValue v) => v.Excluded.Count == 0 ? "0" : string.Join(", ", v.Excluded.Select(e => $"{FigureText.N(e.Value)} {e.Key}"));

    private static string Rate(SideRate rate) => FigureText.Of(rate.Value, rate.Reason, Unit.Share);
}
