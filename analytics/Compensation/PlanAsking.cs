using System.Text.RegularExpressions;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>What every component, gate and modifier says: its id, the metric, for whom it is measured, and from how many cases on.</summary>
/// <param name="Id">Unique within the plan.</param>
/// <param name="Metric">One that people can be paid by.</param>
/// <param name="For">Person, team or company.</param>
/// <param name="MinimumN">Below it nothing is judged.</param>
internal sealed partial record PlanAsking(string Id, MetricDefinition Metric, MeasuredFor For, int MinimumN)
{
    private const int MostCases = 1_000_000;

    /// <summary>Null, with faults, when any of it is missing or wrong.</summary>
    public static PlanAsking? Read(PlanNode node, IReadOnlyList<string> names)
    {
        node.Only(names, PlanKeys.AskingNeeds);
        var id = ReadId(node, "id");
        var measured = node.Word<MeasuredFor>("for");
        var metric = PlanMetric.Read(node, measured);
        var minimum = ReadMinimum(node, metric);
        return id is not null && metric is not null && measured is { } whom && minimum is { } n ? new PlanAsking(id, metric, whom, n) : null;
    }

    /// <summary>An id of lower-case letters, digits and hyphens; null, with a fault, when it is none.</summary>
    public static string? ReadId(PlanNode node, string name)
    {
        if (node.Text(name) is not { } id) return null;
        if (id.Length <= 60 && IdPattern().IsMatch(id)) return id;
        node.Fault(name, $"“{name}” is “{id}”; expected at most 60 lower-case letters, digits and single hyphens, for example account-manager.");
        return null;
    }

    /// <summary>The corners of its curve; null, with faults, when they are no curve.</summary>
    public PayoutCurve? Curve(PlanNode node)
    {
        var (least, most) = PlanMetric.Bounds(Metric);
        var blocks = node.Blocks("points");
        var points = new List<PayoutPoint>();
        foreach (var block in blocks)
        {
            block.Only(PlanKeys.Point, PlanKeys.Point);
            if (block.Number("at", least, most) is { } at && block.Number("pays", -MostPercent, MostPercent) is { } pays) points.Add(new PayoutPoint(at, pays));
        }
        if (points.Count < blocks.Count) return null;
        if (Metric is { Unit: Unit.Share, Better: Better.Higher } && points.Count > 0 && points.All(p => p.X <= 1))
            node.Fault("points", $"{Metric.Name} is a share, and shares are in percent: “at” is at most {PlanMetric.Number(points.Max(p => p.X))}; expected 95 for 95 %.");
        else if (PayoutCurve.TryCreate(Metric.Better, points, out var curve, out var fault))
            return curve;
        else
            node.Fault("points", fault);
        return null;
    }

    private const decimal MostPercent = 1_000;

    private static int? ReadMinimum(PlanNode node, MetricDefinition? metric)
    {
        var accepted = node.Text("small_n");
        if (accepted is not (null or PlanKeys.Accepted)) node.Fault("small_n", $"“small_n” is “{accepted}”; expected {PlanKeys.Accepted}, or nothing.");
        var minimum = node.Whole("minimum_n", 1, MostCases);
        if (minimum < metric?.MinimumN && accepted != PlanKeys.Accepted)
            node.Fault("minimum_n", PlanNode.Say($"“minimum_n” is {minimum}: {metric.Name} is not judged below n = {metric.MinimumN}. Expected at least that, or “small_n: {PlanKeys.Accepted}” where the plan means it."));
        return minimum;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex IdPattern();
}
