using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Measures;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.ProjectAudits;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>Reads what the report of a quarter says.</summary>
internal sealed class ReportReader(NpgsqlDataSource db, TimeProvider clock, MetricReader metrics, KnownMoments moments, QuarterReader quarters, KeptReports kept)
{
    private const int Quarters = 8;

    // Measures with a chart of their own, beside every kind of commitment.
    private static readonly string[] Charted =
    [
        "net_revenue", "existing_customer_share", "repeat_rate", "ttm_revenue_retention", "revenue_wape", "nps_relational", "csat", "ces",
        "post_delivery_issues_30d", "reopen_rate", "right_party_first", "project_margin", "cpi", "spi",
    ];

    /// <summary>The report; null when the company has no such quarter.</summary>
    /// <param name="frame">Who asks; he sees all of the company.</param>
    /// <param name="label">The quarter.</param>
    /// <param name="progress">Told how much of it is read; null tells nobody.</param>
    /// <param name="ct">Stops the reading.</param>
    internal async Task<ReportModel?> ReadAsync(PageFrame frame, string label, IProgress<double>? progress, CancellationToken ct)
    {
        if (QuarterReader.PeriodOf(frame, label) is not { } period) return null;
        var line = await quarters.LineAsync(frame, period, ct);
        var read = await kept.GetAsync(period.Label, await DataVersion.OfContentAsync(db, ct), async () =>
        {
            var figures = await FiguresAsync(frame, period, progress, ct);
            return (figures, line.Editions.Count == 0 ? [] : await RestatedAsync(frame, line.Editions[0], figures, ct));
        }, ct);
        var (projects, findings) = frame.Who.May(Right.Audit) ? await AuditsAsync(frame, line, ct) : ([], []);
        return new ReportModel
        {
            Frame = frame,
            Quarter = line,
            Checklist = await quarters.ChecklistAsync(frame, line, ct),
            Figures = read.Figures,
            ReadAt = read.At,
            Projects = projects,
            Findings = findings,
            Restated = read.Restated,
        };
    }

    // As they stood at the close where the edition has them, else as they stand.
    private async Task<(IReadOnlyList<AuditedProject>, IReadOnlyList<AuditFinding>)> AuditsAsync(PageFrame frame, QuarterLine line, CancellationToken ct) =>
        line.Editions is [.., { KeepsAudits: true } edition] ? await EditionAudits.ReadAsync(db, edition, ct)
            : (await new ProjectAuditReader(db).ReadAsync(line.Period, ct), await new FindingReader(db, clock).OfQuarterAsync(frame.Viewer, line.Period, ct));

    private async Task<ReportFigures> FiguresAsync(PageFrame frame, Period period, IProgress<double>? progress, CancellationToken ct)
    {
        var query = new MetricQuery { Metric = "", Period = period, Viewer = frame.Viewer, WithDurations = false };
        var book = await metrics.TargetsAsync(null, ct);
        var edition = frame.Editions.Of(period.Label);
        var cohorts = edition is { KeepsTargets: true } ? await EditionCohorts.ReadAsync(db, edition, CohortUnit.Quarter, ct)
            : await new Cohorts(db, clock).ReadAsync(new CohortQuery { AsOf = edition?.CutOff, Viewer = frame.Viewer }, ct);
        return await metrics.TogetherAsync(query, $"report on {frame.Today:yyyy-MM-dd}", () => FiguresAsync(query, period.SamePoint(frame.Today), book, cohorts, progress, ct), ct);
    }

    private async Task<ReportFigures> FiguresAsync(MetricQuery query, Period? prior, TargetBook book, CohortTriangle cohorts, IProgress<double>? progress, CancellationToken ct)
    {
        var all = new List<ReportFigure>();
        var steps = (double)(MetricCatalogue.All.Count + MetricCatalogue.All.Count(HasSheet));
        foreach (var metric in MetricCatalogue.All)
        {
            progress?.Report(all.Count / steps);
            var asked = query with { Metric = metric.Id };
            all.Add(new ReportFigure(metric, await metrics.ValueAsync(asked, ct), prior is null ? null : await metrics.ValueAsync(asked with { Period = prior }, ct), book.Goal(metric, asked)));
        }
        var sheets = new List<MetricSheet>();
        foreach (var figure in all.Where(f => HasSheet(f.Metric)))
        {
            progress?.Report((all.Count + sheets.Count) / steps);
            sheets.Add(await SheetAsync(figure, query, book, ct));
        }
        return new ReportFigures
        {
            Period = query.Period,
            Prior = prior,
            All = all,
            Movers = await new MoverReader(metrics).ReadAsync(all, query, prior, ct),
            Sheets = sheets,
            Teams = TeamSheets.Of(sheets),
            Targets = book,
            // Who first ordered after the quarter is none of its customers, though the cut-off knows of him.
            Cohorts = cohorts with { Cohorts = [.. cohorts.Cohorts.Where(c => c.Period.Start < query.Period.End)] },
        };
    }

    private async Task<MetricSheet> SheetAsync(ReportFigure figure, MetricQuery query, TargetBook book, CancellationToken ct)
    {
        var asked = query with { Metric = figure.Metric.Id };
        var points = new List<QuarterPoint>();
        for (var quarter = query.Period; quarter is not null && points.Count < Quarters; quarter = quarter.Prior())
            points.Add(new QuarterPoint(quarter, points.Count == 0 ? figure.Now : await metrics.ValueAsync(asked with { Period = quarter }, ct), book.Goal(figure.Metric, asked with { Period = quarter })));
        points.Reverse();
        var teams = await metrics.GroupsAsync(asked, Dimension.Team, ct);
        return new MetricSheet(figure, points, [.. teams.Where(g => g.Value.N > 0).OrderByDescending(g => g.Value.N).ThenBy(g => g.Name, StringComparer.Ordinal)
            .Select(g => new TeamPoint(g.Key, g.Name, g.Value, book.Goal(figure.Metric, asked, Dimension.Team, g.Key)))]);
    }

    private static bool HasSheet(MetricDefinition metric) => metric is CommitmentMetric || Charted.Contains(metric.Id);

    // Against the first report: what was restated since is part of what is now known.
    private async Task<IReadOnlyList<Bridge>> RestatedAsync(PageFrame frame, Edition first, ReportFigures figures, CancellationToken ct)
    {
        var (bridges, reader, questions) = (new List<Bridge>(), new BridgeReader(db, clock, moments), await ClosedQuestions.ReadAsync(db, ct));
        foreach (var figure in figures.All.Where(f => questions.Knows(first, f.Metric)))
        {
            var query = new MetricQuery { Metric = figure.Metric.Id, Period = first.Period, Viewer = frame.Viewer, WithDurations = false };
            var now = await metrics.ValueAsync(query with { AsNowKnown = true }, ct);
            if (now.Value == figure.Now.Value && frame.Editions.Of(first.Period.Label)!.Number == 1) continue;
            var bridge = await reader.ReadAsync(first, query, ct);
            if (bridge.Reported != bridge.Now) bridges.Add(bridge);
        }
        return bridges;
    }
}
