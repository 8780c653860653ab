namespace Followthrough.Analytics.Metrics;

/// <summary>A confidence interval of 95 %, in the figure's unit.</summary>
public sealed record Interval(double Low, double High)
{
    /// <summary>The quantile of the normal distribution that leaves 2.5 % on either side.</summary>
    internal const double Z = 1.959963984540054;
}
