using System.Globalization;
using Followthrough.Analytics.Compensation;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Compensation;

/// <summary>
/// The arithmetic of a statement's line, a step a line, as it is done on paper: with as many decimals as it takes that who multiplies what is
/// written comes to the amount, to the cent.
/// </summary>
internal static class LineSteps
{
    private const int Fewest = 2;
    private const int Most = 10;

    /// <param name="line">With all its factors, unrounded.</param>
    /// <param name="curve">What its value is held against; null for a commission.</param>
    /// <param name="currency">Of its amounts.</param>
    /// <param name="given">What is said of a weight that is more than the plan's.</param>
    /// <param name="days">The days in the plan, in words.</param>
    internal static IReadOnlyList<string> Of(StatementLine line, PayoutCurve? curve, string currency, string given, string days)
    {
        if (line.Percent is not { } percent || line.Incentive is not { } incentive) return [];
        var (steps, decimals) = (new List<string>(), Decimals(line, curve));
        string Factor(decimal factor) => CurveSteps.Number(factor, decimals);
        if (line.IsCommission) steps.Add($"The rates give {Money(incentive, decimals)}\u00a0{currency} for {PayWording.Money(line.Input.Value ?? 0, currency)}.");
        else
        {
            if (curve is not null && line.Input.Value is { } x)
                steps.AddRange(CurveSteps.Of(curve, x, PayWording.Value(line.Input, curve, decimals), decimals, value => PlanMetric.InWords(value, MetricCatalogue.Find(line.Input.Metric)!, currency)));
            steps.Add($"{Factor(percent)} % × weight {Factor(line.Weight * 100)} %{given} × target incentive {Money(incentive, decimals)}\u00a0{currency}");
        }
        if (line.Modifier != 1) steps.Add(line.Modifier == 0 ? "× 0: a gate was failed" : $"× {Factor(line.Modifier * 100)} % by gates and modifiers");
        if (line.Proration != 1) steps.Add($"× {Factor(line.Proration * 100)} %: in the plan for {days}");
        steps.Add($"= {PayWording.Money(line.Amount ?? 0, currency)}");
        return steps;
    }

    /// <summary>How many decimals its factors take.</summary>
    internal static int Decimals(StatementLine line, PayoutCurve? curve)
    {
        if (line is not { Percent: { } percent, Incentive: { } incentive, Amount: { } amount }) return Fewest;
        var way = curve is not null && line.Input.Value is { } x ? CurveSteps.Between(curve, x) : null;
        return Enumerable.Range(Fewest, Most - Fewest).FirstOrDefault(d => Percents(percent, way, d).All(p => Cents(p * Others(line, incentive, d)) == Cents(amount)), Most);
    }

    // What somebody takes for the percent who reads it, who reads how far it has come, and who counts that himself.
    private static IEnumerable<decimal> Percents(decimal percent, CurveWay? way, int decimals)
    {
        decimal Read(decimal number) => CurveSteps.Rounded(number, decimals);
        yield return Read(percent);
        if (way is null) yield break;
        var (from, between) = (Read(way.From.Percent), Read(way.To.Percent - way.From.Percent));
        yield return from + Read(way.Part * 100) / 100 * between;
        if (Read(way.Whole) is var whole and > 0) yield return from + Read(way.Come) / whole * between;
    }

    private static decimal Others(StatementLine line, decimal incentive, int decimals)
    {
        decimal Read(decimal fraction) => CurveSteps.Rounded(fraction * 100, decimals) / 100;
        return Read(line.Weight) * CurveSteps.Rounded(incentive, decimals) * Read(line.Modifier) * Read(line.Proration) / 100;
    }

    private static decimal Cents(decimal amount) => CurveSteps.Rounded(amount, 2);

    private static string Money(decimal amount, int decimals) => amount.ToString($"#,0.00{new string('#', decimals - Fewest)}", CultureInfo.InvariantCulture);
}
