using System.Globalization;
using System.Text;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Charts;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>Where the parts of a trend of quarters lie in its drawing: a line with its interval as a band, and what was aimed at. Knows no page.</summary>
public sealed record TrendDrawing
{
    internal const double Width = 400, Height = 176;

    private const double Left = 46, Right = 14, Top = 24, Bottom = 40;
    private readonly IReadOnlyList<QuarterPoint> _points;
    private readonly ValueAxis _axis;
    private readonly (double Times, string Sign) _size;
    private readonly int _decimals;

    internal TrendDrawing(MetricSheet sheet)
    {
        _points = sheet.Quarters;
        var metric = sheet.Figure.Metric;
        var values = _points.Where(p => !p.Value.TooFew).SelectMany(p => ValueAxis.Ends(p.Value))
            .Concat(_points.Select(p => p.Value.Value)).Concat(_points.Select(p => p.Target)).OfType<double>().DefaultIfEmpty(0).ToList();
        _axis = metric.Aggregation == Aggregation.KeptShare ? ValueAxis.Around([RateFloor(values.Min()), 1], metric) : ValueAxis.FromNought(values, metric);
        _size = SizeOf(metric.Unit, Math.Max(Math.Abs(_axis.Low), Math.Abs(_axis.High)));
        _decimals = metric.Unit is Unit.Index or Unit.Score ? 2 : _points.All(p => p.Value.Value is not { } value || IsWhole(value * _size.Times)) ? 0 : 1;
    }

    /// <summary>Whether the axis does not begin at zero, which then is said.</summary>
    internal bool IsBroken => _axis.Low > 0;

    internal static double End => Width - Right;

    internal static double Begin => Left;

    internal double Floor => Y(_axis.Low);

    /// <summary>Lines across, each with its value in few signs.</summary>
    internal IEnumerable<(double Y, string Label)> Ticks => _axis.Ticks.Select(value => (Y(value), Short(value, _axis.Decimals(_size.Times))));

    /// <summary>The quarters below the axis: “Q3”, and the year where it begins.</summary>
    internal IEnumerable<(double X, string Quarter, string? Year)> Quarters => _points.Select((point, i) =>
    {
        var parts = PeriodNames.Name(point.Period).Split(' ');
        var (quarter, year) = parts[0].StartsWith('Q') ? (parts[0], parts[^1]) : (parts[^1], parts[0]);
        return (X(i), quarter, i == 0 || quarter == "Q1" ? year : null);
    });

    /// <summary>Points that have a figure, with what stands above them.</summary>
    internal IEnumerable<(double X, double Y, string Label, bool Few)> Dots =>
        _points.Select((point, i) => (point, i)).Where(p => p.point.Value.Value is not null).Select(p => (X(p.i), Y(p.point.Value.Value!.Value), Short(p.point.Value.Value.Value, _decimals), p.point.Value.TooFew));

    internal string Line => Path(_points.Select(p => p.Value.Value));

    /// <summary>What was aimed at, in steps.</summary>
    internal string Target
    {
        get
        {
            var path = new StringBuilder();
            var half = (X(1) - X(0)) / 2;
            for (var i = 0; i < _points.Count; i++)
                if (_points[i].Target is { } target) path.Append(CultureInfo.InvariantCulture, $"M{Math.Max(Left, X(i) - half):0.#} {Y(target):0.#}H{Math.Min(End, X(i) + half):0.#}");
            return path.ToString();
        }
    }

    /// <summary>One upright bar for each interval, which also stands where its neighbours have none.</summary>
    internal IEnumerable<(double X, double Low, double High)> Intervals =>
        _points.Select((point, i) => (point.Value, i)).Where(p => p.Value is { Interval: not null, TooFew: false }).Select(p => (X(p.i), Y(p.Value.Interval!.Low), Y(p.Value.Interval.High)));

    // Shares in percent, large numbers in thousands and millions, all of one drawing alike.
    private static (double Times, string Sign) SizeOf(Unit unit, double most) => unit == Unit.Share ? (100, "") : most switch
    {
        >= 1e6 => (1e-6, "M"),
        >= 1e4 => (1e-3, "k"),
        _ => (1, ""),
    };

    private static bool IsWhole(double value) => Math.Abs(value - Math.Round(value)) < 0.05;

    private string Short(double value, int decimals) => ValueAxis.Number(value * _size.Times, decimals) + _size.Sign;

    private double X(int place) => Left + 20 + (Width - Left - Right - 40) * place / Math.Max(1, _points.Count - 1);

    private double Y(double value) => Top + (Height - Top - Bottom) * (1 - _axis.Place(value));

    private string Path(IEnumerable<double?> values)
    {
        var (path, drawing, place) = (new StringBuilder(), false, 0);
        foreach (var value in values)
        {
            if (value is { } v) path.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{X(place):0.#} {Y(v):0.#}");
            drawing = value is not null;
            place++;
        }
        return path.ToString();
    }

    // From the last ten below everything where that leaves half of the axis empty.
    private static double RateFloor(double lowest) => Math.Floor(lowest * 10 + 1e-9) / 10 is var floor and >= 0.5 ? Math.Min(floor, 0.9) : 0;
}
