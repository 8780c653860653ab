namespace Followthrough.Analytics.Compensation;

/// <summary>Shares a pool by weights so that the shares, each a whole number of the smallest unit, add up to the pool exactly.</summary>
internal static class LargestRemainder
{
    /// <summary>
    /// The shares, in the order of the weights: each is what it is due rounded down, and the units left over go to the largest remainders,
    /// of equal ones to the first. A negative pool is shared as its opposite is.
    /// </summary>
    /// <param name="pool">Amount to share.</param>
    /// <param name="weights">None negative and at least one positive, of at most a dozen digits each.</param>
    /// <param name="decimals">Decimals of the smallest unit: 2 for cents.</param>
    /// <exception cref="ArgumentException">The weights share nothing, or the pool is no whole number of units.</exception>
    public static IReadOnlyList<decimal> Share(decimal pool, IReadOnlyList<decimal> weights, int decimals)
    {
        var (unit, whole) = (Unit(decimals), weights.Sum());
        if (whole <= 0 || weights.Any(w => w < 0)) throw new ArgumentException("Weights are zero or more, and one is more.", nameof(weights));
        var units = Math.Abs(pool) / unit;
        if (units != decimal.Truncate(units)) throw new ArgumentException($"{pool} is not payable with {decimals} decimals.", nameof(pool));
        // With whole remainders: no quotient decides by its last digit which share is the larger.
        var shares = weights.Select((w, place) => (Place: place, Units: (units * w - units * w % whole) / whole, Left: units * w % whole)).ToArray();
        var favoured = shares.OrderByDescending(s => s.Left).Take((int)(units - shares.Sum(s => s.Units))).Select(s => s.Place).ToHashSet();
        return [.. shares.Select(s => Math.Sign(pool) * unit * (s.Units + (favoured.Contains(s.Place) ? 1 : 0)))];
    }

    private static decimal Unit(int decimals) => new(1, 0, 0, isNegative: false, (byte)decimals);
}
