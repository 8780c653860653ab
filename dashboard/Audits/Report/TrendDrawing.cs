using System.Globalization;
using System.Text;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Wording;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>Where the parts of a trend of quarters lie in its drawing: a line with its interval as a band, and what was aimed at. Knows no page.</summary>
public sealed record TrendDrawing
{
    internal const double Width = 400, Height = 176;

    private const double Left = 46, Right = 14, Top = 24, Bottom = 40;
    private const int Steps = 4;

    private readonly IReadOnlyList<QuarterPoint> _points;
    private readonly double _low, _high;

    internal TrendDrawing(MetricSheet sheet)
    {
        (_points, Unit) = (sheet.Quarters, sheet.Figure.Metric.Unit);
        var values = _points.Where(p => !p.Value.TooFew).SelectMany(p => (double?[])[p.Value.Value, p.Value.Interval?.Low, p.Value.Interval?.High])
            .Concat(_points.Select(p => p.Value.Value)).Concat(_points.Select(p => p.Target)).OfType<double>().DefaultIfEmpty(0).ToList();
        var isRate = sheet.Figure.Metric.Aggregation == Aggregation.KeptShare;
        _low = isRate ? RateFloor(values.Min()) : Math.Min(0, Nice(values.Min()));
        _high = isRate ? 1 : Math.Max(0, Nice(values.Max()));
        if (_high <= _low) _high = _low + 1;
    }

    internal Unit Unit { get; }

    /// <summary>Whether the axis does not begin at zero, which then is said.</summary>
    internal bool IsBroken => _low > 0;

    internal static double End => Width - Right;

    internal static double Begin => Left;

    internal double Floor => Y(_low);

    /// <summary>Lines across, each with its value in few signs.</summary>
    internal IEnumerable<(double Y, string Label)> Ticks => Enumerable.Range(0, Steps + 1).Select(i => _low + (_high - _low) * i / Steps).Select(value => (Y(value), Short(value)));

    /// <summary>The quarters below the axis: “Q3”, and the year where it begins.</summary>
    internal IEnumerable<(double X, string Quarter, string? Year)> Quarters => _points.Select((point, i) =>
    {
        var parts = PeriodNames.Name(point.Period).Split(' ');
        var (quarter, year) = parts[0].StartsWith('Q') ? (parts[0], parts[^1]) : (parts[^1], parts[0]);
        return (X(i), quarter, i == 0 || quarter == "Q1" ? year : null);
    });

    /// <summary>Points that have a figure, with what stands above them.</summary>
    internal IEnumerable<(double X, double Y, string Label, bool Few)> Dots =>
        _points.Select((point, i) => (point, i)).Where(p => p.point.Value.Value is not null).Select(p => (X(p.i), Y(p.point.Value.Value!.Value), Short(p.point.Value.Value.Value), p.point.Value.TooFew));

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

    /// <summary>A number for an axis: shares in percent, large ones in thousands and millions.</summary>
    internal string Short(double value) => (Unit == Unit.Share ? value * 100 : value) switch
    {
        var v when Math.Abs(v) >= 1e6 => $"{Round(v / 1e6)}M",
        var v when Math.Abs(v) >= 1e4 => $"{Round(v / 1e3)}k",
        var v when Unit is Unit.Index or Unit.Score => v.ToString("0.##", CultureInfo.InvariantCulture),
        var v => Round(v),
    };

    private static string Round(double value) => value.ToString("#,0.#", CultureInfo.InvariantCulture).Replace('-', '−');

    private double X(int place) => Left + 20 + (Width - Left - Right - 40) * place / Math.Max(1, _points.Count - 1);

    private double Y(double value) => Top + (Height - Top - Bottom) * (1 - Math.Clamp((value - _low) / (_high - _low), 0, 1));

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

    // The next of 1, 2, 2.5, 4, 5, 8 and their tens beyond it.
    private static double Nice(double value)
    {
        if (value == 0) return 0;
        var size = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))));
        var step = Array.Find([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10], s => s * size >= Math.Abs(value) - 1e-12);
        return Math.Sign(value) * step * size;
    }
}
