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

/// <summary>Judges a ranking: by its first k, k being how many can be called, and as a whole.</summary>
internal sealed class RankedScores
{
    private readonly List<RankedCustomer> _all;

    // The customers of each score, from the highest, and how many of them there are and left.
    private readonly int[][] _rows;
    private readonly (int Customers, int Left)[] _levels;
    private readonly int _customers;
    private readonly int _left;

    public RankedScores(IEnumerable<RankedCustomer> customers)
    {
        _all = [.. customers];
        _rows = [.. Enumerable.Range(0, _all.Count).GroupBy(i => _all[i].Score).OrderByDescending(g => g.Key).Select(g => g.ToArray())];
        _levels = Array.ConvertAll(_rows, rows => (rows.Length, rows.Count(i => _all[i].Left)));
        (_customers, _left) = (_levels.Sum(l => l.Customers), _levels.Sum(l => l.Left));
    }

    private RankedScores(RankedScores from, Func<int, int> times)
    {
        (_all, _rows) = (from._all, from._rows);
        _levels = Array.ConvertAll(_rows, rows => (rows.Sum(times), rows.Sum(i => _all[i].Left ? times(i) : 0)));
        (_customers, _left) = (_levels.Sum(l => l.Customers), _levels.Sum(l => l.Left));
    }

    /// <summary>Share of all customers who left; null without customers.</summary>
    public double? BaseRate => _customers == 0 ? null : (double)_left / _customers;

    /// <summary>The chance that one who left has the higher score than one who stayed, ties counting half; null when all are of one kind.</summary>
    public double? RocAuc
    {
        get
        {
            var (below, won) = (_customers - _left, 0.0);
            foreach (var level in _levels)
            {
                var stayed = level.Customers - level.Left;
                below -= stayed;
                won += level.Left * (below + stayed / 2.0);
            }
            return _left == 0 || _left == _customers ? null : won / _left / (_customers - _left);
        }
    }

    /// <summary>Average precision from the highest score down, equal scores taken together; null when nobody left.</summary>
    public double? PrAuc
    {
        get
        {
            var (seen, hits, sum) = (0, 0, 0.0);
            foreach (var level in _levels.Where(l => l.Customers > 0))
            {
                (seen, hits) = (seen + level.Customers, hits + level.Left);
                sum += (double)level.Left * hits / seen;
            }
            return _left == 0 ? null : sum / _left;
        }
    }

    /// <summary>The same ranking with each customer, by its place in the order given, so many times.</summary>
    public RankedScores Drawn(Func<int, int> times) => new(this, times);

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
            if (taken == 0) continue;
            hits += (double)level.Left * taken / level.Customers;
            room -= taken;
        }
        var listed = k - room;
        double? precision = listed == 0 ? null : hits / listed;
        return new TopOfList(listed, hits, precision, _left == 0 ? null : hits / _left, _left == 0 ? null : precision / BaseRate);
    }
}
