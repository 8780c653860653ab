using System.Text.Json.Nodes;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>A plan as data: what the YAML says, with the defaults filled in and the metrics' properties that decide the arithmetic.</summary>
internal static class PlanJson
{
    public static JsonObject Of(PlanVersion version)
    {
        var plan = version.Plan;
        return new JsonObject
        {
            ["version"] = version.Version,
            ["from"] = $"{version.From:yyyy-MM-dd}",
            ["hash"] = version.Text.Hash,
            ["document"] = version.Text.Document,
            ["every"] = Word(plan.Every),
            ["cumulative"] = plan.Cumulative,
            ["decimals"] = plan.Decimals,
            ["incentive"] = plan.Incentive,
            ["cap"] = Of(plan.Cap),
            ["floor"] = Of(plan.Floor),
            ["pool"] = plan.Pool,
            ["components"] = Array(plan.Components.Select(Of)),
            ["gates"] = Array(plan.Gates.Select(g => new JsonObject
            {
                ["id"] = g.Id,
                ["metric"] = g.Metric,
                ["for"] = Word(g.For),
                ["better"] = Word(g.Better),
                ["limit"] = g.Limit,
                ["minimum_n"] = g.MinimumN,
                ["before"] = Texts(g.Before),
            })),
            ["modifiers"] = Array(plan.Modifiers.Select(m => new JsonObject
            {
                ["id"] = m.Id,
                ["metric"] = m.Metric,
                ["for"] = Word(m.For),
                ["minimum_n"] = m.MinimumN,
                ["of"] = Texts(m.Of),
                ["better"] = Word(m.Curve.Better),
                ["points"] = Points(m.Curve),
            })),
        };
    }

    private static JsonObject Of(PlanComponent component)
    {
        var node = new JsonObject { ["id"] = component.Id, ["metric"] = component.Metric, ["for"] = Word(component.For), ["minimum_n"] = component.MinimumN };
        switch (component)
        {
            case CurveComponent curve:
                node["weight"] = curve.Weight;
                node["better"] = Word(curve.Curve.Better);
                node["points"] = Points(curve.Curve);
                node["target"] = curve.Target;
                node["straddling"] = Word(curve.Straddling);
                node["is_volume"] = MetricCatalogue.Find(curve.Metric)?.Aggregation == Aggregation.Sum;
                break;
            case CommissionComponent commission:
                node["tiers"] = Word(commission.Tiers.Rule);
                node["rates"] = Array(commission.Tiers.Tiers.Select(t => new JsonObject { ["from"] = t.From, ["rate"] = t.Rate }));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(component), component, "no such component");
        }
        return node;
    }

    private static JsonObject? Of(PayLimit? limit) => limit is null ? null : new JsonObject { ["percent"] = limit.Percent, ["amount"] = limit.Amount };

    private static JsonArray Points(PayoutCurve curve) => Array(curve.Points.Select(p => new JsonObject { ["at"] = p.X, ["pays"] = p.Percent }));

    private static JsonArray Array(IEnumerable<JsonObject> nodes) => new([.. nodes]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
