using Followthrough.Analytics.Facts;
using Followthrough.Analytics.Metrics;
using Npgsql;

namespace Followthrough.Analytics.ProjectAudits;

/// <summary>What a metric says of one project: its row, or why there is none.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Value">In its unit; null where nothing can be said.</param>
/// <param name="Currency">Of money; null for the rest.</param>
/// <param name="Reason">Why there is no value, or what stands behind it; null where the value says all.</param>
public sealed record ProjectFigure(MeasureMetric Metric, decimal? Value, string? Currency, string? Reason)
{
    private static readonly string[] Earned = ["cpi", "spi", "eac", "tcpi"];

    /// <summary>Margin, earned value and unbilled work of a project at the end of its quarter, by the statements of the metrics themselves.</summary>
    internal static Task<IReadOnlyList<ProjectFigure>> ReadAsync(MetricReader metrics, NpgsqlDataSource db, Viewer viewer, AuditedProject project, CancellationToken ct)
    {
        var query = new MetricQuery { Metric = "", Period = AuditQuarter.Ending(project.Quarter), Account = project.Account, Viewer = viewer };
        // The page comes again after each item that was looked at; the figures are the same.
        return metrics.TogetherAsync(query, $"audit of {project.CommitmentKey}", () => EachAsync(metrics, db, query, project, ct), ct);
    }

    private static async Task<IReadOnlyList<ProjectFigure>> EachAsync(MetricReader metrics, NpgsqlDataSource db, MetricQuery query, AuditedProject project, CancellationToken ct)
    {
        var figures = new List<ProjectFigure> { await MarginAsync(metrics, query, project, ct) };
        foreach (var metric in Earned) figures.Add(await EarnedAsync(metrics, query with { Metric = metric }, project, ct));
        figures.Add(await UnbilledAsync(metrics, db, query with { Metric = "unbilled_work" }, project, ct));
        return figures;
    }

    // Over its whole life, whenever it was accepted.
    private static async Task<ProjectFigure> MarginAsync(MetricReader metrics, MetricQuery query, AuditedProject project, CancellationToken ct) =>
        project.Work.AcceptedAt is null
            ? new ProjectFigure(Of("project_margin"), null, null, "stated once the customer has accepted the project")
            : Figure(Of("project_margin"), await RowAsync(metrics, query with { Metric = "project_margin", Period = Period.Always }, project, ct), "nothing is known of what it brought and cost");

    private static async Task<ProjectFigure> EarnedAsync(MetricReader metrics, MetricQuery query, AuditedProject project, CancellationToken ct) =>
        Figure(Of(query.Metric), await RowAsync(metrics, query, project, ct), "stated of projects that are under way at the end of the quarter");

    private static async Task<MeasureRow?> RowAsync(MetricReader metrics, MetricQuery query, AuditedProject project, CancellationToken ct) =>
        (await metrics.MeasureRowsAsync(query, MeasureSort.At, true, 0, null, ct)).Rows.FirstOrDefault(row => row.Key == project.Project);

    private static ProjectFigure Figure(MeasureMetric metric, MeasureRow? row, string none) => row switch
    {
        null => new(metric, null, null, none),
        { Excluded: { } why } => new(metric, null, null, why),
        { Base: 0 } => new(metric, null, null, metric.NoBase),
        { Base: { } under, Amount: { } amount } => new(metric, amount / under, null, null),
        _ => new(metric, row.Amount, row.Currency, row.Amount is null ? none : null),
    };

    private static async Task<ProjectFigure> UnbilledAsync(MetricReader metrics, NpgsqlDataSource db, MetricQuery query, AuditedProject project, CancellationToken ct)
    {
        var (metric, events) = (Of(query.Metric), await EventsAsync(db, project, ct));
        if (events.Count == 0) return new ProjectFigure(metric, null, null, "no billing event of the project is known");
        var rows = (await metrics.MeasureRowsAsync(query, MeasureSort.At, true, 0, null, ct)).Rows.Where(row => events.Contains(row.Key) && row.Excluded is null).ToList();
        var currencies = rows.Select(row => row.Currency).Distinct().ToList();
        return currencies.Count > 1
            ? new ProjectFigure(metric, null, null, $"in several currencies: {string.Join(", ", currencies)}")
            : new ProjectFigure(metric, rows.Sum(row => row.Amount ?? 0), currencies.SingleOrDefault() ?? project.Work.Currency, $"{rows.Count} of {events.Count} billing events were not invoiced");
    }

    private static async Task<HashSet<string>> EventsAsync(NpgsqlDataSource db, AuditedProject project, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select commitment_key from commitment where account_id = $1 and kind = 'invoice' and project_key = $2");
        command.Parameters.AddWithValue(AccountId.Of(project.Account));
        command.Parameters.AddWithValue(project.Project);
        await using var row = await command.ExecuteReaderAsync(ct);
        var keys = new HashSet<string>();
        while (await row.ReadAsync(ct)) keys.Add(row.GetString(0));
        return keys;
    }

    private static MeasureMetric Of(string id) => MetricCatalogue.Measures.Single(m => m.Id == id);
}
