using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Churn;

/// <summary>Figures of a model from rows it was not trained on. Intervals come from drawing customers, with all their rows, again.</summary>
internal sealed class ModelJudge
{
    private const int Draws = 500;
    private const int Seed = 20_260_101;
    private const int Bins = 10;
    private static readonly double[] GainShares = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    private readonly IReadOnlyList<TestRow> _rows;
    private readonly int _capacity;
    private readonly RankedScores _ranking;
    private readonly List<(int[] Rows, RankedScores Model, RankedScores? Recency)> _folds;
    private readonly List<int[]> _customers;
    private readonly double[] _brier, _loss;

    public ModelJudge(IReadOnlyList<TestRow> rows, int capacity)
    {
        (_rows, _capacity) = (rows, capacity);
        _ranking = new RankedScores(rows.Select(r => new RankedCustomer(r.Probability, r.Left)));
        _folds = [.. Indexes(r => r.Fold).Select(f => (f, Ranking(f, r => r.Probability), rows[f[0]].Recency is null ? null : Ranking(f, r => r.Recency ?? double.MaxValue)))];
        _customers = [.. Indexes(r => r.Customer)];
        _brier = [.. rows.Select(r => Math.Pow(r.Probability - (r.Left ? 1 : 0), 2))];
        _loss = [.. rows.Select(r => -Math.Log(Math.Max(r.Left ? r.Probability : 1 - r.Probability, 1e-12)))];
    }

    public ModelFigures Judge(IReadOnlyList<ModelDriver> drivers, double? disjoint)
    {
        var drawn = Enumerable.Range(0, Draws).Select(d => Measure(Times(new Random(Seed + d)))).ToList();
        var all = Measure(null);
        ModelFigure? Figure(Func<Measured, double?> of) => of(all) is { } value ? new ModelFigure(value, IntervalOf(drawn.Select(of))) : null;
        var probabilities = _rows.Select(r => r.Probability).ToArray();
        var line = Line(probabilities);
        return new ModelFigures
        {
            N = _rows.Count,
            Churned = _rows.Count(r => r.Left),
            Capacity = _capacity,
            BaseRate = Figure(m => m.BaseRate),
            Precision = Figure(m => m.Precision),
            Recall = Figure(m => m.Recall),
            Lift = Figure(m => m.Lift),
            RecencyLift = Figure(m => m.RecencyLift),
            LiftOverRecency = Figure(m => m.Lift - m.RecencyLift),
            RocAuc = Figure(m => m.RocAuc),
            PrAuc = Figure(m => m.PrAuc),
            Brier = Figure(m => m.Brier),
            LogLoss = Figure(m => m.LogLoss),
            CalibrationError = Figure(m => m.CalibrationError),
            CalibrationSlope = line?.Slope,
            CalibrationIntercept = line?.Intercept,
            Calibration = Calibration(probabilities),
            Gain = Gain(),
            Folds = [.. Indexes(r => r.Fold).Select(rows => Part(_rows[rows[0]].Fold, rows))],
            Segments = [.. Indexes(r => r.Segment ?? "").Where(rows => _rows[rows[0]].Segment is not null).Select(rows => Part(_rows[rows[0]].Segment!, rows)).OrderBy(p => p.Name, StringComparer.Ordinal)],
            Drivers = drivers,
            DisjointRocAuc = disjoint,
            DoubleHorizonRocAuc = new RankedScores(_rows.Where(r => r.LeftTwice is not null).Select(r => new RankedCustomer(r.Probability, r.LeftTwice!.Value))).RocAuc,
        };
    }

    private Measured Measure(int[]? times)
    {
        int Times(int row) => times?[row] ?? 1;
        var ranking = times is null ? _ranking : _ranking.Drawn(Times);
        var (listed, hits, recencyHits, total) = (0, 0.0, (double?)0.0, 0L);
        foreach (var (rows, model, recency) in _folds)
        {
            var top = (times is null ? model : model.Drawn(i => times[rows[i]])).Top(_capacity);
            (listed, hits) = (listed + top.Listed, hits + top.Hits);
            recencyHits += recency is null ? null : (times is null ? recency : recency.Drawn(i => times[rows[i]])).Top(_capacity).Hits;
        }
        for (var row = 0; row < _rows.Count; row++) total += Times(row);
        var churned = ranking.BaseRate * total;
        double? precision = listed == 0 ? null : hits / listed;
        return new Measured(
            ranking.BaseRate, precision, churned > 0 ? hits / churned : null, churned > 0 ? precision / ranking.BaseRate : null,
            churned > 0 ? recencyHits / listed / ranking.BaseRate : null, ranking.RocAuc, ranking.PrAuc, Mean(_brier, Times, total), Mean(_loss, Times, total),
            Error(Times, total));
    }

    private static double? Mean(double[] values, Func<int, int> times, long total) => total == 0 ? null : values.Select((v, i) => v * times(i)).Sum() / total;

    private double? Error(Func<int, int> times, long total) => total == 0 ? null
        : ProbabilityMeasures.Bins([.. _rows.Select(r => r.Probability)], Bins).Sum(b => Math.Abs(b.Sum(i => times(i) * (_rows[i].Probability - (_rows[i].Left ? 1 : 0))))) / total;

    private int[] Times(Random random)
    {
        var times = new int[_rows.Count];
        for (var i = 0; i < _customers.Count; i++)
            foreach (var row in _customers[random.Next(_customers.Count)]) times[row]++;
        return times;
    }

    private static Interval? IntervalOf(IEnumerable<double?> drawn)
    {
        var sorted = drawn.OfType<double>().Order().ToArray();
        return sorted.Length < Draws / 2 ? null : new Interval(AccountBootstrap.Quantile(sorted, 0.025), AccountBootstrap.Quantile(sorted, 0.975));
    }

    private Platt? Line(double[] probabilities) => _rows.Any(r => r.Left) && _rows.Any(r => !r.Left)
        ? Platt.Fit([.. probabilities.Select(p => Math.Log(p / (1 - p)))], [.. _rows.Select(r => r.Left)]) : null;

    private List<CalibrationBin> Calibration(double[] probabilities) => [.. ProbabilityMeasures.Bins(probabilities, Bins).Select(rows =>
    {
        var left = rows.Count(i => _rows[i].Left);
        return new CalibrationBin(probabilities[rows[0]], probabilities[rows[^1]], rows.Length, rows.Average(i => probabilities[i]),
            new ModelFigure((double)left / rows.Length, Wilson.Of(left, rows.Length)));
    })];

    private List<GainPoint> Gain() => [.. GainShares.Where(_ => _rows.Any(r => r.Left))
        .Select(share => new GainPoint(share, _ranking.Top((int)Math.Round(share * _rows.Count)).Recall ?? 0))];

    private ModelPart Part(string name, int[] rows)
    {
        var ranking = Ranking(rows, r => r.Probability);
        return new ModelPart(name, rows.Length, rows.Count(i => _rows[i].Left), ranking.RocAuc, ranking.Top(_capacity).Lift);
    }

    private RankedScores Ranking(int[] rows, Func<TestRow, double> by) => new(rows.Select(i => new RankedCustomer(by(_rows[i]), _rows[i].Left)));

    private IEnumerable<int[]> Indexes<T>(Func<TestRow, T> of) => Enumerable.Range(0, _rows.Count).GroupBy(i => of(_rows[i])).Select(g => g.ToArray());

    private sealed record Measured(
        double? BaseRate, double? Precision, double? Recall, double? Lift, double? RecencyLift, double? RocAuc, double? PrAuc, double? Brier, double? LogLoss, double? CalibrationError);
}
