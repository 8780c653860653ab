namespace Followthrough.Analytics.Metrics;

/// <summary>The interval of a quotient of two sums over the same rows, by Taylor linearisation: rows are what varies.</summary>
public static class Linearised
{
    /// <summary>The 95 % interval of <paramref name="ratio"/> = sum of a / sum of b over n rows; null for fewer than two rows.</summary>
    /// <param name="ratio">The quotient.</param>
    /// <param name="n">Rows.</param>
    /// <param name="sumB">Sum of b, not 0.</param>
    /// <param name="sumAA">Sum of a².</param>
    /// <param name="sumBB">Sum of b².</param>
    /// <param name="sumAB">Sum of a·b.</param>
    public static Interval? Of(double ratio, long n, double sumB, double sumAA, double sumBB, double sumAB)
    {
        if (n < 2) return null;
        // The residuals a - ratio·b add up to nothing, so their squares are their variance.
        var squares = Math.Max(0, sumAA - 2 * ratio * sumAB + ratio * ratio * sumBB);
        var half = Interval.Z * Math.Sqrt(squares * n / (n - 1)) / Math.Abs(sumB);
        return new Interval(ratio - half, ratio + half);
    }
}
