using System.Globalization;
using Followthrough.Analytics.Metrics;

namespace Followthrough.Dashboard.Charts;

/// <summary>Where an axis of rates begins: at 0 %, or at the last ten below everything shown when that leaves half the axis empty, and then it is said.</summary>
public sealed record RateAxis(double Floor)
{
    private const double Half = 0.5;
    private const double Steps = 10;

    /// <summary>In words; empty for a whole axis.</summary>
    internal string Note => Floor > 0 ? $"; the axis begins at {Percent}\u00a0%" : "";

    internal string Percent => (Floor * 100).ToString("0", CultureInfo.InvariantCulture);

    internal static RateAxis For(IEnumerable<MetricValue> values, IEnumerable<double> targets)
    {
        var lowest = values.Select(value => value.Interval?.Low).OfType<double>().Concat(targets).DefaultIfEmpty(0).Min();
        // Divided, since six times a tenth is a little more than 0.6, and the axis would say so.
        var floor = Math.Floor(lowest * Steps + 1e-9) / Steps;
        return new RateAxis(floor >= Half ? floor : 0);
    }

    /// <summary>Where a rate lies on it, 0 to 1.</summary>
    internal double Place(double rate) => (rate - Floor) / (1 - Floor);
}
