using Followthrough.Analytics.Compensation;

namespace Followthrough.Dashboard.Compensation;

/// <summary>How a curve comes from a measured value to what it pays, step by step, as it is done on paper.</summary>
internal static class CurveSteps
{
    private const int Usual = 2;

    /// <param name="curve">What the value is held against.</param>
    /// <param name="x">The value, unrounded.</param>
    /// <param name="shown">The value as it is shown.</param>
    /// <param name="decimals">With how many at most its factors are written.</param>
    /// <param name="inWords">A point's value with its unit.</param>
    internal static IReadOnlyList<string> Of(PayoutCurve curve, decimal x, string shown, int decimals, Func<decimal, string> inWords)
    {
        string Value(decimal value) => inWords(Rounded(value, decimals));
        string Factor(decimal factor) => Number(factor, decimals);
        var (first, last) = (curve.Points[0], curve.Points[^1]);
        if (curve.IsShortOf(first, x)) return [$"{shown} is {(curve.Better == Analytics.Metrics.Better.Lower ? "above" : "below")} the threshold, {Value(first.X)}: it pays nothing."];
        if (curve.Points.FirstOrDefault(p => p.X == x) is { } exact) return [$"{shown} is exactly the point that pays {Factor(exact.Percent)} %."];
        if (Between(curve, x) is not { } way) return [$"{shown} is beyond the last point, {Value(last.X)}, which pays {Factor(last.Percent)} %: more is not paid."];
        return
        [
            $"{shown} lies between {Value(way.From.X)}, which pays {Factor(way.From.Percent)} %, and {Value(way.To.X)}, which pays {Factor(way.To.Percent)} %.",
            $"Of the {Factor(way.Whole)} from the one to the other it has come {Factor(way.Come)}: {Factor(way.Part * 100)} % of the way.",
            $"So it pays {Factor(way.From.Percent)} %, and {Factor(way.Part * 100)} % of the {Factor(way.To.Percent - way.From.Percent)} % between them: {Factor(curve.Percent(x))} %.",
        ];
    }

    /// <summary>The points between which a value lies; null on a point, short of the first and beyond the last.</summary>
    internal static CurveWay? Between(PayoutCurve curve, decimal x)
    {
        if (curve.IsShortOf(curve.Points[0], x) || !curve.IsShortOf(curve.Points[^1], x) || curve.Points.Any(p => p.X == x)) return null;
        var next = curve.Points.Index().Skip(1).First(p => curve.IsShortOf(p.Item, x)).Index;
        return new CurveWay(curve.Points[next - 1], curve.Points[next], x);
    }

    /// <summary>A factor as prose has it: two decimals at most.</summary>
    internal static string Number(decimal number) => Number(number, Usual);

    /// <summary>A factor with so many decimals at most.</summary>
    internal static string Number(decimal number, int decimals) => PlanMetric.Number(Rounded(number, decimals));

    internal static decimal Rounded(decimal number, int decimals) => Math.Round(number, decimals, MidpointRounding.AwayFromZero);
}

/// <summary>How far a value has come from one point of a curve to the next.</summary>
internal sealed record CurveWay(PayoutPoint From, PayoutPoint To, decimal X)
{
    internal decimal Whole => Math.Abs(To.X - From.X);

    internal decimal Come => Math.Abs(X - From.X);

    internal decimal Part => Come / Whole;
}
