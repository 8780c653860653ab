using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Compensation;

/// <summary>A corner of a payout curve.</summary>
/// <param name="X">Value of the metric, in its own unit: days, percent, an amount.</param>
/// <param name="Percent">What it pays, in percent of the target incentive.</param>
public sealed record PayoutPoint(decimal X, decimal Percent);

/// <summary>
/// What a metric's value pays: nothing short of the first point, straight lines between the points, what the last point pays beyond it.
/// Points are in the metric's unit, so metrics of which less is better and targets of zero need no attainment ratio.
/// </summary>
public sealed class PayoutCurve
{
    private const int MostDecimals = 28;
    private readonly PayoutPoint[] _points;

    private PayoutCurve(Better better, PayoutPoint[] points) => (Better, _points) = (better, points);

    /// <summary>Which way pays more.</summary>
    public Better Better { get; }

    /// <summary>From the threshold to the maximum: ascending where higher is better, descending where lower is.</summary>
    public IReadOnlyList<PayoutPoint> Points => _points;

    /// <summary>False when the points are no curve; <paramref name="fault"/> then says what is wrong with them. In whatever order they are given.</summary>
    public static bool TryCreate(
        Better better, IEnumerable<PayoutPoint> points, [NotNullWhen(true)] out PayoutCurve? curve, [NotNullWhen(false)] out string? fault)
    {
        PayoutPoint[] ordered = [.. better == Better.Lower ? points.OrderByDescending(p => p.X) : points.OrderBy(p => p.X)];
        fault = FaultOf(better, ordered);
        curve = fault is null ? new PayoutCurve(better, ordered) : null;
        return curve is not null;
    }

    /// <summary>What <paramref name="x"/> pays, in percent of the target incentive. It is compared with the points as it is, unrounded.</summary>
    public decimal Percent(decimal x)
    {
        if (IsShortOf(_points[0], x)) return 0;
        for (var i = 1; i < _points.Length; i++)
            if (IsShortOf(_points[i], x)) return Between(_points[i - 1], _points[i], x);
        return _points[^1].Percent;
    }

    /// <summary>The same, but short of the first point what the first pays: the factor of a modifier, which never falls to nothing by itself.</summary>
    public decimal Clamped(decimal x) => IsShortOf(_points[0], x) ? _points[0].Percent : Percent(x);

    /// <summary>The same curve for a part of the period: its values, not what they pay, times a factor above zero.</summary>
    public PayoutCurve Scaled(decimal factor) => new(Better, [.. _points.Select(p => p with { X = p.X * factor })]);

    /// <summary>
    /// <paramref name="x"/> with that many decimals, or as many more as it takes to stay on its side of every point: 79.96 short of 80 is
    /// never shown as 80.
    /// </summary>
    public string Show(decimal x, int decimals)
    {
        while (decimals < MostDecimals && _points.Any(p => Round(x, decimals).CompareTo(p.X) != x.CompareTo(p.X))) decimals++;
        return Round(x, decimals).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Whether <paramref name="x"/> is worse than the point.</summary>
    internal bool IsShortOf(PayoutPoint point, decimal x) => Better == Better.Lower ? x > point.X : x < point.X;

    // Multiplied before it is divided: a third of a step keeps its last digit.
    private static decimal Between(PayoutPoint from, PayoutPoint to, decimal x) =>
        from.Percent + (to.Percent - from.Percent) * (x - from.X) / (to.X - from.X);

    private static decimal Round(decimal x, int decimals) => Math.Round(x, decimals, MidpointRounding.AwayFromZero);

    private static string? FaultOf(Better better, PayoutPoint[] ordered)
    {
        if (better == Better.Neither) return "A metric of which neither more nor less is better pays nothing.";
        if (ordered.Length == 0) return "A curve has at least one point.";
        if (ordered.Any(p => p.Percent < 0)) return "No value costs anybody money: the least a point pays is 0 %.";
        foreach (var (one, next) in ordered.Zip(ordered.Skip(1)))
        {
            if (one.X == next.X) return Say($"{one.X} cannot pay both {one.Percent} % and {next.Percent} %.");
            if (next.Percent < one.Percent) return Say($"{next.X} is better than {one.X} and pays less: {next.Percent} % instead of {one.Percent} %.");
        }
        return null;
    }

    private static string Say(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
