using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Exports;

/// <summary>A figure as it leaves the house: of everything, or of a group.</summary>
/// <param name="Metric">What it is of; null for commitments of every kind together.</param>
/// <param name="Value">The figure.</param>
/// <param name="By">What it is split by; null for everything.</param>
/// <param name="Key">The group's key; null for everything, and for what has none.</param>
/// <param name="Name">The group's name; null for everything.</param>
internal sealed record FigureRow(MetricDefinition? Metric, MetricValue Value, Dimension? By = null, string? Key = null, string? Name = null)
{
    /// <summary>Of people: what the company reaches with the same mix of customers, as a fraction.</summary>
    internal double? Expected { get; init; }

    /// <summary>What the whole company has, in the metric's unit; null where it is not beside the figure.</summary>
    internal double? Company { get; init; }

    /// <summary>The same in the period it is compared with; null where there is none.</summary>
    internal double? Before { get; init; }

    /// <summary>What is aimed at, in the metric's unit; null where there is nothing.</summary>
    internal double? Target { get; init; }

    internal static IReadOnlyList<Column<FigureRow>> Columns { get; } =
    [
        Column<FigureRow>.Text("metric", row => row.Value.Metric),
        Column<FigureRow>.Text("metric_name", row => row.Metric?.Name ?? CommitmentTotal.Name),
        Column<FigureRow>.Text("by", row => row.By is { } by ? PageQuery.Word(by) : null),
        Column<FigureRow>.Text("key", row => row.Key),
        Column<FigureRow>.Text("name", row => row.Name),
        Column<FigureRow>.Text("unit", row => PageQuery.Word(row.Metric?.Unit ?? Unit.Share)),
        Column<FigureRow>.Number("value", row => Exact(row.Value.Value)),
        Column<FigureRow>.Number("interval_low", row => Exact(row.Value.Interval?.Low)),
        Column<FigureRow>.Number("interval_high", row => Exact(row.Value.Interval?.High)),
        Column<FigureRow>.Number("target", row => Exact(row.Target)),
        Column<FigureRow>.Number("n", row => row.Value.N),
        Column<FigureRow>.Number("kept", row => (row.Value as CommitmentValue)?.Kept ?? (row.Value as CommitmentTotal)?.Kept),
        Column<FigureRow>.Number("missed", row => (row.Value as CommitmentValue)?.Missed ?? (row.Value as CommitmentTotal)?.Missed),
        Column<FigureRow>.Number("pending", row => (row.Value as CommitmentValue)?.Pending),
        Column<FigureRow>.Number("never", row => (row.Value as CommitmentValue)?.NeverAnswered),
        Column<FigureRow>.Number("excluded", row => row.Value.Excluded.Values.Sum()),
        Column<FigureRow>.Number("expected", row => Exact(row.Expected)),
        Column<FigureRow>.Number("company", row => Exact(row.Company)),
        Column<FigureRow>.Number("before", row => Exact(row.Before)),
        Column<FigureRow>.YesNo("too_few", row => row.Value.TooFew),
        Column<FigureRow>.Text("reason", row => row.Value.Reason),
        Column<FigureRow>.Number("amount", row => (row.Value as MeasureValue)?.Amount),
        Column<FigureRow>.Number("base", row => (row.Value as MeasureValue)?.Base),
        Column<FigureRow>.Text("currency", row => (row.Value as MeasureValue)?.Currency),
        Column<FigureRow>.Text("definition", row => $"{row.Value.Metric} v{row.Value.DefinitionVersion} {row.Value.DefinitionHash}"),
    ];

    /// <summary>Sends them; the refusal when the file has no room.</summary>
    internal static async Task<IResult> SendAsync(
        HttpContext http, PageFrame frame, string subject, RowsDefinition definition, IReadOnlyList<FigureRow> rows, IExportFile file, CancellationToken ct)
    {
        var stamp = new ExportStamp(subject, frame.Company.Name, frame.Query, definition, rows.Count, frame.KnownAt);
        return await Export.SendAsync(http, frame, stamp, file, Columns, rows.ToAsyncEnumerable(), ct) ?? Results.Empty;
    }

    // Sixteen digits tell a figure exactly; more are the machine's.
    private static decimal? Exact(double? value) => value is { } v ? (decimal)v : null;
}
