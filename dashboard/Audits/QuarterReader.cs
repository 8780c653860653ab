using System.Text.Json;
using Followthrough.Analytics.Editions;
using Followthrough.Analytics.Jobs;
using Followthrough.Analytics.Metrics;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Audits;

/// <summary>Reads what the page of a quarter shows.</summary>
internal sealed class QuarterReader(NpgsqlDataSource db, TimeProvider clock, MetricReader metrics, KnownMoments moments, ClosingDesk desk)
{
    /// <summary>The quarter of the company that is called so; null when none is.</summary>
    internal static Period? PeriodOf(PageFrame frame, string label) => PeriodOf(frame.Company, frame.Editions, label);

    /// <inheritdoc cref="PeriodOf(PageFrame, string)"/>
    internal static Period? PeriodOf(Company company, EditionList editions, string label)
    {
        if (!Period.TryParse(label, company.Fiscal, out var period)) return null;
        var quarter = company.Fiscal.Kind == FiscalKind.Calendar ? Period.QuarterOf(period.Start) : company.Fiscal.QuarterOf(period.Start);
        return quarter.Label == period.Label || editions.Of(period.Label) is not null ? period : null;
    }

    internal async Task<QuarterModel?> ReadAsync(PageFrame frame, string label, string metric, CancellationToken ct)
    {
        if (PeriodOf(frame, label) is not { } period || MetricCatalogue.Find(metric) is null) return null;
        var line = await LineAsync(frame, period, ct);
        return new QuarterModel
        {
            Frame = frame,
            Quarter = line,
            Checklist = await ChecklistAsync(frame, line, ct),
            Figures = line.Editions.Count == 0 ? [] : await FiguresAsync(frame, period, ct),
            Bridge = line.Editions.Count == 0 ? null
                : await new BridgeReader(db, clock, moments).ReadAsync(line.Editions[0], Question(frame, period, metric), ct),
            Writing = line.Closing?.Second is null ? null : await WritingAsync(ct),
        };
    }

    /// <summary>The quarter with its editions and the close on its way.</summary>
    internal Task<QuarterLine> LineAsync(PageFrame frame, Period period, CancellationToken ct) => QuarterLine.ReadAsync(desk, frame.Editions, period, frame.Today, ct);

    /// <summary>As it was closed, was signed or stands. Its sentences count what is everybody's, so who does not see all of it gets none.</summary>
    internal async Task<IReadOnlyList<CheckItem>> ChecklistAsync(PageFrame frame, QuarterLine line, CancellationToken ct)
    {
        if (frame.Viewer is not { Teams: null, Staff: null }) return [];
        if (line.Closing is { } closing) return closing.Checklist;
        if (line.Editions.Count > 0) return await AsClosedAsync(line.Editions[^1].Id, ct);
        return await new Checklist(db).ReadAsync(line.Period, clock.GetUtcNow(), ct);
    }

    private async Task<IReadOnlyList<CheckItem>> AsClosedAsync(long edition, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select checklist::text from closing where edition_id = $1");
        command.Parameters.AddWithValue(edition);
        return await command.ExecuteScalarAsync(ct) is string items ? JsonSerializer.Deserialize<List<CheckItem>>(items, EditionJson.Options)! : [];
    }

    private async Task<IReadOnlyList<ReportedFigure>> FiguresAsync(PageFrame frame, Period period, CancellationToken ct)
    {
        var figures = new List<ReportedFigure>();
        foreach (var metric in MetricCatalogue.All)
        {
            var query = Question(frame, period, metric.Id) with { WithDurations = false };
            figures.Add(new ReportedFigure(metric, await metrics.ValueAsync(query, ct), await metrics.ValueAsync(query with { AsNowKnown = true }, ct)));
        }
        return figures;
    }

    private static MetricQuery Question(PageFrame frame, Period period, string metric) => new() { Metric = metric, Period = period, Viewer = frame.Viewer };

    private async Task<WorkDone?> WritingAsync(CancellationToken ct)
    {
        await using var command = db.CreateCommand("select done, total from job_run where job = $1 and outcome = 'running' order by job_run_id desc limit 1");
        command.Parameters.AddWithValue(JobCatalogue.Editions);
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? new WorkDone(row.GetInt64(0), row.GetInt64(1)) : new WorkDone(0, 0);
    }
}
