namespace Followthrough.Analytics.Churn;

/// <summary>A customer as a model ranked him and as it came out.</summary>
/// <param name="Score">The higher, the likelier to leave.</param>
/// <param name="Left">Whether he left.</param>
internal sealed record RankedCustomer(double Score, bool Left);

/// <summary>How good a list of the first k is.</summary>
/// <param name="Listed">How many are on it: k, or all there are.</param>
/// <param name="Hits">How many of them left; a fraction where equal scores leave open who is on the list.</param>
/// <param name="Precision">Hits by listed; null when nobody is.</param>
/// <param name="Recall">Hits by all who left; null when nobody did.</param>
/// <param name="Lift">Precision by the base rate; null when nobody left or nobody is listed.</param>
internal sealed record TopOfList(int Listed, double Hits, double? Precision, double? Recall, double? Lift);

/// <summary>Judges a ranking by its first k, k being how many can be called.</summary>
internal sealed class RankedScores
{
    // Each score once, from the highest: how many have it, how many of them left.
    private readonly (int Customers, int Left)[] _levels;
    private readonly int _customers;
    private readonly int _left;

    public RankedScores(IEnumerable<RankedCustomer> customers)
    {
        _levels = [.. customers.GroupBy(c => c.Score).OrderByDescending(g => g.Key).Select(g => (g.Count(), g.Count(c => c.Left)))];
        (_customers, _left) = (_levels.Sum(l => l.Customers), _levels.Sum(l => l.Left));
    }

    /// <summary>Share of all customers who left; null without customers.</summary>
    public double? BaseRate => _customers == 0 ? null : (double)_left / _customers;

    /// <summary>
    /// The list of the first <paramref name="k"/>. Where a score is shared across the end of the list, each who has it is as likely to be
    /// on it: the order of the rows decides nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">k is negative.</exception>
    public TopOfList Top(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        var (room, hits) = (k, 0.0);
        foreach (var level in _levels)
        {
            var taken = Math.Min(room, level.Customers);
            hits += (double)level.Left * taken / level.Customers;
            room -= taken;
        }
        var listed = k - room;
        double? precision = listed == 0 ? null : hits / listed;
        return new TopOfList(listed, hits, precision, _left == 0 ? null : hits / _left, _left == 0 ? null : precision / BaseRate);
    }
}
