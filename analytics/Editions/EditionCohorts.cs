using Followthrough.Analytics.Measures;
using Followthrough.Analytics.Metrics;
using Npgsql;
using NpgsqlTypes;

namespace Followthrough.Analytics.Editions;

/// <summary>Who came back, as it was known at a cut-off.</summary>
internal static class EditionCohorts
{
    /// <summary>Writes both triangles down: by month and by quarter of the first order.</summary>
    public static async Task WriteAsync(AsKnown then, EditionDraft draft, CancellationToken ct)
    {
        await using var snapshot = await MetricSnapshot.OfAsync(then, hasRollups: false, () => ValueTask.CompletedTask, ct);
        var triangles = new List<CohortTriangle>();
        foreach (var by in Enum.GetValues<CohortUnit>())
        {
            var query = new CohortQuery { By = by, Viewer = Viewer.Everything("edition") };
            await using var session = new MetricSession(snapshot, isOwner: false, Cohorts.Question(query), Cohorts.Definition, then.At);
            triangles.Add(await Cohorts.ReadAsync(session, query, ct));
        }
        await using var copy = await then.Connection.BeginBinaryImportAsync("copy public.edition_cohort (edition_id, unit, starts, customers, again) from stdin (format binary)", ct);
        foreach (var (by, cohort) in triangles.SelectMany(t => t.Cohorts.Select(c => (t.By, c))))
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(draft.Id, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(by.ToString().ToLowerInvariant(), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(cohort.Period.Start, NpgsqlDbType.Date, ct);
            await copy.WriteAsync(cohort.Customers, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(cohort.Again.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bigint, ct);
        }
        await copy.CompleteAsync(ct);
    }

    /// <summary>A triangle as it was closed.</summary>
    public static async Task<CohortTriangle> ReadAsync(NpgsqlDataSource db, Edition edition, CohortUnit by, CancellationToken ct)
    {
        await using var command = db.CreateCommand("select starts, customers, again from edition_cohort where edition_id = $1 and unit = $2 order by starts");
        command.Parameters.AddWithValue(edition.Id);
        command.Parameters.AddWithValue(by.ToString().ToLowerInvariant());
        await using var row = await command.ExecuteReaderAsync(ct);
        var cohorts = new List<Cohort>();
        while (await row.ReadAsync(ct))
        {
            var start = row.GetFieldValue<DateOnly>(0);
            cohorts.Add(new Cohort(by == CohortUnit.Month ? Period.MonthOf(start) : Period.QuarterOf(start), row.GetInt64(1), row.GetFieldValue<long?[]>(2)));
        }
        return new CohortTriangle(by, edition.CutOff, Cohorts.Definition.Version, Cohorts.Definition.Hash, Cohorts.MonthsOf(by, cohorts.Select(c => c.Again.Count).DefaultIfEmpty(0).Max()), cohorts);
    }
}
