using Followthrough.Analytics.Metrics;

namespace Followthrough.Analytics.Editions;

/// <summary>Replaces rows cause by cause and takes down by how much the figure moves each time.</summary>
internal sealed class BridgeWalk(MetricDefinition metric, MetricQuery query, double? reported, IReadOnlyList<FigureRow> rows)
{
    private readonly List<BridgeStep> _steps = [];
    private List<FigureRow> _rows = [.. rows];

    public double? Reported { get; } = reported;

    /// <summary>The figure of the rows as they are now; the last defined one while there is none on the way.</summary>
    public double? Reached { get; private set; } = reported;

    /// <summary>Empty when one end is undefined: there is no difference to split.</summary>
    public IReadOnlyList<BridgeStep> Steps => Reported is null || Figure() is null ? [] : _steps;

    /// <summary>The rows that today's definition makes of what was known then.</summary>
    public void Define(List<FigureRow> restated, bool isChanged)
    {
        var differing = isChanged ? restated.Except(_rows).Count(IsAsked) : 0;
        _rows = [.. restated];
        Take(Cause.DefinitionChange, differing);
    }

    public void Replace(Cause cause, IReadOnlyList<Differing> differing)
    {
        var gone = differing.Select(d => d.Then).OfType<FigureRow>().GroupBy(r => r).ToDictionary(g => g.Key, g => g.Count());
        _rows.RemoveAll(row =>
        {
            if (gone.GetValueOrDefault(row) == 0) return false;
            gone[row]--;
            return true;
        });
        _rows.AddRange(differing.Select(d => d.Now).OfType<FigureRow>());
        // Of what nobody asked about, not even how much there is.
        Take(cause, differing.Count(d => d.Rows.Any(IsAsked)));
    }

    private void Take(Cause cause, int count)
    {
        var figure = Figure() ?? Reached;
        _steps.Add(new BridgeStep(cause, figure is { } to && Reached is { } from ? (decimal)to - (decimal)from : 0, count));
        Reached = figure;
    }

    private double? Figure() => RowFigure.Of(metric.Aggregation, metric.Unit, [.. _rows.Where(IsAsked)]);

    private bool IsAsked(FigureRow row) => BridgeReader.IsAsked(row, query);
}
