using System.Globalization;
using System.Text.Json;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Editions;

/// <summary>
/// Computes a bundle's figures from its rows, by the definitions in it. The intervals of ratios and of means over accounts are not computed
/// again: the latter are bootstrapped.
/// </summary>
internal sealed class BundleFigures
{
    private readonly string _quarter;
    private readonly Dictionary<string, (DateTimeOffset From, DateTimeOffset To)> _parts;
    private readonly Dictionary<string, (string? Region, string? Segment)> _accounts;
    private readonly Dictionary<string, Definition> _definitions;
    private readonly ILookup<string, BundleRow> _commitments;
    private readonly ILookup<(string, string), BundleRow> _measures;

    private BundleFigures(JsonElement head, Dictionary<string, IReadOnlyList<string>> content)
    {
        var parts = head.GetProperty("parts").EnumerateArray().ToList();
        _quarter = parts[0].GetProperty("part").GetString()!;
        _parts = parts.ToDictionary(p => p.GetProperty("part").GetString()!, p => (p.GetProperty("from").GetDateTimeOffset(), p.GetProperty("to").GetDateTimeOffset()));
        _accounts = Read(content["accounts"]).ToDictionary(a => BundleRow.Text(a, "account_id")!, a => (BundleRow.Text(a, "region"), BundleRow.Text(a, "segment")));
        _definitions = Read(content["definitions"]).ToDictionary(d => BundleRow.Text(d, "metric")!, Definition.Of);
        _commitments = Read(content["commitments"]).Select(row => BundleRow.OfCommitment(row, _accounts)).ToLookup(r => r.RowsOf);
        _measures = Read(content["measures"]).Select(row => BundleRow.OfMeasure(row, _accounts)).ToLookup(r => (r.RowsOf, r.Part));
    }

    /// <summary>Every figure; what does not agree with what the bundle says is added to the problems.</summary>
    public static IReadOnlyList<ComputedFigure> Compute(JsonElement head, Dictionary<string, IReadOnlyList<string>> content, List<string> problems)
    {
        var (figures, all) = (new BundleFigures(head, content), new List<ComputedFigure>());
        foreach (var line in Read(content["figures"]))
        {
            var (metric, part, dimension, key) = (BundleRow.Text(line, "metric")!, BundleRow.Text(line, "part")!, BundleRow.Text(line, "dimension")!, BundleRow.Text(line, "key"));
            var name = $"{metric} {part} {dimension} {key ?? "-"}";
            using var said = JsonDocument.Parse(BundleRow.Text(line, "value")!);
            var found = figures.Compute(metric, part, dimension, key);
            all.Add(new ComputedFigure(name, (double?)found["value"]));
            foreach (var (field, value) in found)
                if (!IsSame(said.RootElement.TryGetProperty(field, out var there) ? there : default, value))
                    problems.Add($"figure {name}: {field} is said to be {(there.ValueKind == JsonValueKind.Undefined ? "nothing" : there.GetRawText())}, its rows make {Shown(value)}");
        }
        return all;
    }

    private Dictionary<string, object?> Compute(string metric, string part, string dimension, string? key)
    {
        var definition = _definitions[metric];
        var rows = definition.IsRate ? _commitments[definition.RowsOf] : _measures[(definition.RowsOf, definition.DependsOnPeriod ? part : _quarter)];
        var (from, to) = _parts[part];
        if (!definition.DependsOnPeriod && part != _quarter) rows = rows.Where(r => from <= r.Figure.CountedAt && r.Figure.CountedAt < to);
        if (dimension != "all") rows = rows.Where(r => GroupOf(r.Figure, dimension) == key);
        return definition.IsRate ? Rate([.. rows]) : Measure(definition, [.. rows.Select(r => r.Figure)]);
    }

    private static Dictionary<string, object?> Rate(List<BundleRow> rows)
    {
        long Of(string status) => rows.Count(r => r.Figure.Status == status);
        var (kept, missed, lengths) = (Of("kept"), Of("missed"), rows.Where(r => r.Figure.Status != "excused").Select(r => (r.Hours, r.Answered)).ToList());
        return new Dictionary<string, object?>
        {
            ["value"] = kept + missed == 0 ? null : (double)kept / (kept + missed),
            ["n"] = kept + missed,
            ["kept"] = kept,
            ["missed"] = missed,
            ["pending"] = Of("pending"),
            ["excluded"] = rows.Where(r => r.Figure.Status == "excused").GroupBy(r => r.Figure.Excluded!).ToDictionary(g => g.Key, g => (object?)g.LongCount()),
            ["interval"] = Shown(Wilson.Of(kept, kept + missed)),
            ["median_hours"] = RowFigure.Reached(lengths, RowFigure.Half),
            ["p90_hours"] = RowFigure.Reached(lengths, RowFigure.Tenth),
        };
    }

    private static Dictionary<string, object?> Measure(Definition definition, List<FigureRow> rows)
    {
        var counted = rows.Where(r => r.Excluded is null).ToList();
        var figure = new Dictionary<string, object?>
        {
            ["value"] = RowFigure.Of(definition.Aggregation, definition.Unit, rows),
            ["n"] = (long)counted.Count,
            ["excluded"] = rows.Where(r => r.Excluded is not null).GroupBy(r => r.Excluded!).ToDictionary(g => g.Key, g => (object?)g.LongCount()),
        };
        var isOfOne = counted.Select(r => r.Currency).Where(c => c is not null).Distinct().Count() <= 1;
        if (definition.Aggregation is Aggregation.Share && isOfOne && figure["value"] is not null) figure["interval"] = Shown(Wilson.Of((long)counted.Sum(r => r.Amount ?? 0), counted.Count));
        if (definition.Aggregation is Aggregation.Sum or Aggregation.Share or Aggregation.Ratio && isOfOne && counted.Count > 0)
            (figure["amount"], figure["base"]) = (Sum(counted.Select(r => r.Amount)), Sum(counted.Select(r => r.Base)));
        return figure;
    }

    private static decimal? Sum(IEnumerable<decimal?> values) => values.OfType<decimal>().ToList() is { Count: > 0 } all ? all.Sum() : null;

    private static string? GroupOf(FigureRow row, string dimension) => dimension switch
    {
        "team" => row.Team,
        "staff" => row.Staff,
        "region" => row.Region,
        "segment" => row.Segment,
        _ => row.Channel,
    };

    private static bool IsSame(JsonElement said, object? found) => found switch
    {
        null => said.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined,
        Dictionary<string, object?> parts => said.ValueKind == JsonValueKind.Object && said.EnumerateObject().Count() == parts.Count
            && parts.All(p => said.TryGetProperty(p.Key, out var there) && IsSame(there, p.Value)),
        _ when said.ValueKind != JsonValueKind.Number => false,
        double real => said.GetDouble() == real,
        long whole => said.GetInt64() == whole,
        _ => said.GetDecimal() == (decimal)found,
    };

    private static Dictionary<string, object?>? Shown(Interval? interval) => interval is null ? null : new Dictionary<string, object?> { ["low"] = interval.Low, ["high"] = interval.High };

    private static string Shown(object? value) => value is null ? "nothing" : value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : JsonSerializer.Serialize(value);

    private static IEnumerable<JsonElement> Read(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    private sealed record Definition(string RowsOf, Aggregation Aggregation, Unit Unit, bool DependsOnPeriod)
    {
        public bool IsRate => Aggregation == Aggregation.KeptShare;

        public static Definition Of(JsonElement line)
        {
            using var whole = JsonDocument.Parse(BundleRow.Text(line, "definition")!);
            var said = whole.RootElement;
            return new Definition(BundleRow.Text(line, "rows_of")!, Enum.Parse<Aggregation>(BundleRow.Text(said, "aggregation")!), Enum.Parse<Unit>(BundleRow.Text(said, "unit")!),
                said.GetProperty("depends_on_period").GetBoolean());
        }
    }
}
