using Followthrough.Analytics.Compensation;

namespace Followthrough.Dashboard.Compensation;

/// <summary>How a curve comes from a measured value to what it pays, step by step, as it is done on paper.</summary>
internal static class CurveSteps
{
    private const int Decimals = 2;

    /// <param name="curve">What the value is held against.</param>
    /// <param name="x">The value, unrounded.</param>
    /// <param name="shown">The value as it is shown.</param>
    /// <param name="inWords">A point's value with its unit.</param>
    internal static IReadOnlyList<string> Of(PayoutCurve curve, decimal x, string shown, Func<decimal, string> inWords)
    {
        string Value(decimal value) => inWords(Math.Round(value, Decimals, MidpointRounding.AwayFromZero));
        var (first, last) = (curve.Points[0], curve.Points[^1]);
        if (curve.IsShortOf(first, x)) return [$"{shown} is {(curve.Better == Analytics.Metrics.Better.Lower ? "above" : "below")} the threshold, {Value(first.X)}: it pays nothing."];
        if (curve.Points.FirstOrDefault(p => p.X == x) is { } exact) return [$"{shown} is exactly the point that pays {Number(exact.Percent)} %."];
        if (!curve.IsShortOf(last, x)) return [$"{shown} is beyond the last point, {Value(last.X)}, which pays {Number(last.Percent)} %: more is not paid."];
        var next = curve.Points.Skip(1).First(p => curve.IsShortOf(p, x));
        var before = curve.Points[curve.Points.ToList().IndexOf(next) - 1];
        var part = (x - before.X) / (next.X - before.X);
        return
        [
            $"{shown} lies between {Value(before.X)}, which pays {Number(before.Percent)} %, and {Value(next.X)}, which pays {Number(next.Percent)} %.",
            $"Of the {Number(Math.Abs(next.X - before.X))} from the one to the other it has come {Number(Math.Abs(x - before.X))}: {Number(part * 100)} % of the way.",
            $"So it pays {Number(before.Percent)} %, and {Number(part * 100)} % of the {Number(next.Percent - before.Percent)} % between them: {Number(curve.Percent(x))} %.",
        ];
    }

    /// <summary>A factor as prose has it: two decimals at most.</summary>
    internal static string Number(decimal number) => PlanMetric.Number(Math.Round(number, Decimals, MidpointRounding.AwayFromZero));
}
