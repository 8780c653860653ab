using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Access;
using Followthrough.Dashboard.Audits.Projects;
using Followthrough.Dashboard.Exports;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Wording;
using Npgsql;
using FigureRow = Followthrough.Dashboard.Exports.FigureRow;

namespace Followthrough.Dashboard.Audits.Report;

/// <summary>The report's figures and rows as a workbook, written as it is read: of the commitments never more than one is in memory.</summary>
internal sealed class PackWorkbook(ReportModel model, MetricReader metrics, NpgsqlDataSource db)
{
    private readonly ReportFigures _figures = model.Figures;

    /// <summary>How many commitments it holds.</summary>
    internal long Commitments => Kinds.Sum(f => Rows(f.Now));

    private IEnumerable<ReportFigure> Kinds => _figures.All.Where(f => f.Metric is CommitmentMetric);

    internal async Task WriteAsync(Stream to, CancellationToken ct)
    {
        string[] audits = model.Frame.Who.May(Right.Audit) ? ["Projects", "Findings"] : [];
        await using var book = await XlsxBook.BeginAsync(to, ["Summary", "Figures", "By team", "Trend", "Targets", "Scorecards", "Cohorts", "Restatements", .. audits, "Commitments", "About"], ct);
        await SheetAsync(book, ["Summary"], SummaryRows(), ct);
        await RowsAsync(book, FigureRow.Columns, _figures.All.Select(f => new FigureRow(f.Metric, f.Now) { Target = f.Target }), ct);
        await RowsAsync(book, FigureRow.Columns, _figures.Sheets.SelectMany(s => s.Teams.Select(t => new FigureRow(s.Figure.Metric, t.Value, Dimension.Team, t.Key, t.Name) { Target = t.Target })), ct);
        await SheetAsync(book, ["metric", "period", "value", "interval_low", "interval_high", "n", "target", "too_few"], TrendRows(), ct);
        await SheetAsync(book, ["metric", "for", "key", "from", "until", "threshold", "target", "stretch"], TargetRows(), ct);
        await SheetAsync(book, ["person", "team", "scorecard", "version", "metric", "weight", "value", "interval_low", "interval_high", "n", "judged_by", "target", "points", "counted_weight", "total", "total_low", "total_high", "why"], await ScoreRowsAsync(ct), ct);
        await SheetAsync(book, ["first_order", "customers", .. _figures.Cohorts.Months.Select(m => $"again_within_{m}_months")], CohortRows(), ct);
        await SheetAsync(book, ["metric", "as_reported", "as_now_known", "cause", "moves_it_by", "rows"], RestatedRows(), ct);
        if (audits.Length > 0)
        {
            await RowsAsync(book, AuditColumns.Projects, model.Projects, ct);
            await RowsAsync(book, AuditColumns.Findings(model.AuditsAt), model.Findings, ct);
        }
        await CommitmentsAsync(book, ct);
        await SheetAsync(book, [], AboutRows(), ct);
        await book.EndAsync(ct);
    }

    private static async Task SheetAsync(XlsxBook book, IReadOnlyList<string> head, IEnumerable<object?[]> rows, CancellationToken ct)
    {
        await book.SheetAsync(head, ct);
        foreach (var row in rows) await book.AddAsync(row, ct);
    }

    private static Task RowsAsync<T>(XlsxBook book, IReadOnlyList<Column<T>> columns, IEnumerable<T> rows, CancellationToken ct) =>
        SheetAsync(book, [.. columns.Select(c => c.Name)], rows.Select(row => columns.Select(c => c.Of(row)).ToArray()), ct);

    private async Task CommitmentsAsync(XlsxBook book, CancellationToken ct)
    {
        await book.SheetAsync([.. RowColumns.Commitments.Select(c => c.Name)], ct);
        var values = new object?[RowColumns.Commitments.Count];
        foreach (var figure in Kinds.Where(f => Rows(f.Now) > 0))
            await metrics.UseRowsAsync(Question(figure), CommitmentSort.OpenedAt, descending: false, async rows =>
            {
                await foreach (var row in rows.Rows.WithCancellation(ct))
                {
                    for (var i = 0; i < values.Length; i++) values[i] = RowColumns.Commitments[i].Of(row);
                    await book.AddAsync(values, ct);
                }
            }, ct);
    }

    private MetricQuery Question(ReportFigure figure) => new() { Metric = figure.Metric.Id, Period = _figures.Period, Viewer = model.Frame.Viewer };

    private static long Rows(MetricValue value) => value.N + ((value as CommitmentValue)?.Pending ?? 0) + value.Excluded.Values.Sum();

    private IEnumerable<object?[]> SummaryRows()
    {
        yield return [model.Edition is { } edition ? $"{AuditWords.Name(edition)}, signed by {edition.FirstBy} and {edition.SecondBy}" : "Draft, not closed"];
        yield return [SummaryWords.Lead(_figures)];
        foreach (var paragraph in SummaryWords.Middle(_figures)) yield return [paragraph];
        foreach (var (what, why) in MoverWords.Of(_figures.Movers)) yield return [$"{what} {why}"];
        foreach (var paragraph in SummaryWords.Rest(_figures)) yield return [paragraph];
    }

    private IEnumerable<object?[]> TrendRows() => _figures.Sheets.SelectMany(sheet => sheet.Quarters.Select(point => new object?[]
    {
        sheet.Figure.Metric.Id, point.Period.Label, Exact(point.Value.Value), Exact(point.Value.Interval?.Low), Exact(point.Value.Interval?.High), point.Value.N, Exact(point.Target), point.Value.TooFew,
    }));

    // As people write them: shares in percent.
    // Targets are written in percent, figures are shares: one workbook has one unit.
    private static decimal? InUnit(string metric, decimal? target) => MetricCatalogue.Find(metric)?.Unit == Unit.Share ? target / 100 : target;

    private IEnumerable<object?[]> TargetRows()
    {
        foreach (var metric in MetricCatalogue.All)
            if (_figures.Targets.On(metric, TargetScope.Company, _figures.Period.End.AddDays(-1)) is { Scope: null } usual)
                yield return [metric.Id, "company, by the catalogue", null, null, null, null, InUnit(metric.Id, usual.Points.Target), null];
        foreach (var target in _figures.Targets.During(_figures.Period))
            yield return
            [
                target.Metric, target.Scope switch { { Staff: not null } => "person", { Team: not null } => "team", _ => "company" }, target.Scope.Staff ?? target.Scope.Team,
                Day(target.From), target.To is { } to ? Day(to) : null, InUnit(target.Metric, target.Points.Threshold), InUnit(target.Metric, target.Points.Target), InUnit(target.Metric, target.Points.Stretch),
            ];
    }

    private async Task<IEnumerable<object?[]>> ScoreRowsAsync(CancellationToken ct)
    {
        if (model.Edition is not { KeepsTargets: true } edition) return [["What people score is written down when the quarter is closed."]];
        return (await EditionScores.AllAsync(db, edition, ct)).SelectMany(s => s.Score.Result!.Lines.Select(line => new object?[]
        {
            s.Who.Staff, s.Who.Team ?? s.Score.StandIn, s.Score.Scorecard!.Id, s.Score.Scorecard.Version, line.Input.Metric.Id, line.Input.Weight, line.Figure.Value, line.Figure.Low, line.Figure.High, line.Figure.N,
            PageQuery.Word(line.By), line.Input.Target?.Points.Target, line.Points, line.Counted, s.Score.Result.Total, s.Score.Result.Low, s.Score.Result.High, line.Why ?? s.Score.Result.Why,
        }));
    }

    private IEnumerable<object?[]> CohortRows() => _figures.Cohorts.Cohorts.Select(cohort => (object?[])[cohort.Period.Label, cohort.Customers, .. cohort.Again.Select(again => (object?)again)]);

    private IEnumerable<object?[]> RestatedRows() => model.Restated.SelectMany(bridge => bridge.Steps.Count == 0
        ? [[bridge.Metric, Exact(bridge.Reported), Exact(bridge.Now), null, null, null]]
        : BridgeChart.Shown(bridge).Select(step => new object?[] { bridge.Metric, Exact(bridge.Reported), Exact(bridge.Now), AuditWords.Of(step.Cause), step.By, step.Rows }));

    private IEnumerable<object?[]> AboutRows() =>
    [
        ["company", model.Frame.Company.Name], ["period", model.Quarter.Period.Label], ["edition", model.Edition?.Name ?? "draft, not closed"], ["edition_sha256", model.Edition?.Hash],
        ["follows_sha256", model.Edition?.PreviousHash], ["known_at_utc", model.KnownAt], ["first_signature", model.Edition?.FirstBy], ["second_signature", model.Edition?.SecondBy],
        ["compared_with", _figures.Prior is { } prior ? PeriodNames.Name(prior) : null], ["values", "shares are fractions; targets and scorecards are as people write them, shares in percent"],
    ];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static decimal? Exact(double? value) => value is { } v ? (decimal)v : null;
}
