using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;

namespace Followthrough.Dashboard.Audits;

/// <summary>What the list of quarters draws.</summary>
public sealed record AuditsModel(PageFrame Frame, IReadOnlyList<QuarterLine> Quarters);

/// <summary>A quarter in the list.</summary>
/// <param name="Period">The quarter.</param>
/// <param name="Editions">What was reported of it, first to last; none while it is open.</param>
/// <param name="Closing">The close on its way; null when nobody has signed.</param>
/// <param name="IsOver">Whether it can be closed.</param>
public sealed record QuarterLine(Period Period, IReadOnlyList<Edition> Editions, Closing? Closing, bool IsOver)
{
    private const int Shown = 8;

    /// <summary>The state in a word or two.</summary>
    internal string State => this switch
    {
        { Editions.Count: > 0, Closing: not null } => "closed, restatement signed",
        { Editions: [.., { Number: > 1 }] } => "closed, restated",
        { Editions.Count: > 0 } => "closed",
        { Closing.Second: not null } => "being written down",
        { Closing: not null } => "signed once",
        { IsOver: false } => "goes on",
        _ => "open",
    };

    internal static async Task<IReadOnlyList<QuarterLine>> ReadAsync(ClosingDesk desk, Company company, EditionList editions, DateOnly today, CancellationToken ct)
    {
        var lines = new List<QuarterLine>();
        var current = company.Fiscal.Kind == FiscalKind.Calendar ? Period.QuarterOf(today) : company.Fiscal.QuarterOf(today);
        for (var (quarter, left) = ((Period?)current, Shown); quarter is not null && left > 0; (quarter, left) = (quarter.Prior(), left - 1))
            lines.Add(await ReadAsync(desk, editions, quarter, today, ct));
        foreach (var older in editions.All.Select(e => e.Period).Where(p => p.Start < lines[^1].Period.Start).DistinctBy(p => p.Label).OrderByDescending(p => p.Start))
            lines.Add(await ReadAsync(desk, editions, older, today, ct));
        return lines;
    }

    internal static async Task<QuarterLine> ReadAsync(ClosingDesk desk, EditionList editions, Period quarter, DateOnly today, CancellationToken ct) =>
        new(quarter, [.. editions.All.Where(e => e.Period.Label == quarter.Label)], await desk.FindAsync(quarter.Label, ct), quarter.End <= today);
}

/// <summary>What the page of a quarter draws.</summary>
public sealed record QuarterModel
{
    public required PageFrame Frame { get; init; }
    public required QuarterLine Quarter { get; init; }

    /// <summary>The edition that stands; null while the quarter is open.</summary>
    public Edition? Edition => Quarter.Editions.Count == 0 ? null : Quarter.Editions[^1];

    /// <summary>As it stands, or stood at the first signature; empty for who may not see all of it.</summary>
    public required IReadOnlyList<CheckItem> Checklist { get; init; }

    /// <summary>As reported and as now known; none while the quarter is open.</summary>
    public required IReadOnlyList<ReportedFigure> Figures { get; init; }

    /// <summary>From the first report of one metric to now; null while the quarter is open.</summary>
    public required Bridge? Bridge { get; init; }

    /// <summary>How far the writing is; null when none is at work.</summary>
    public required WorkDone? Writing { get; init; }

    /// <summary>Why what was tried was refused; null when nothing was.</summary>
    public string? Problem { get; init; }

    /// <summary>What was typed into the form that was refused, by its fields; nothing was lost of it.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <summary>A figure as reported and as now known.</summary>
public sealed record ReportedFigure(MetricDefinition Metric, MetricValue Reported, MetricValue Now);
