using Followthrough.Analytics.Measures;
using Followthrough.Dashboard.Filters;
using Followthrough.Dashboard.Layout;
using Npgsql;

namespace Followthrough.Dashboard.Metrics;

/// <summary>The triangle of cohorts: how many customers ordered again how soon, by when they first did.</summary>
internal static class CohortScreen
{
    internal const string UnitName = "cohort";

    private const int MostCohorts = 24;

    internal static async Task<IResult> ShowAsync(PageFrame asked, HttpContext http, CancellationToken cancellation)
    {
        var (db, clock) = (http.RequestServices.GetRequiredService<NpgsqlDataSource>(), http.RequestServices.GetRequiredService<TimeProvider>());
        var by = http.Request.Query[UnitName] == PageQuery.Word(CohortUnit.Month) ? CohortUnit.Month : CohortUnit.Quarter;
        var frame = asked with { Query = asked.Query with { Own = [(UnitName, by == CohortUnit.Quarter ? null : PageQuery.Word(by))] } };
        var triangle = await new Cohorts(db, clock).ReadAsync(
            new CohortQuery
            {
                By = by,
                Team = frame.Query.Team,
                Staff = frame.Query.Person,
                Region = frame.Query.Region,
                Segment = frame.Query.Segment,
                AsOf = frame.Query.AsOf,
                Viewer = frame.Viewer,
            },
            cancellation);
        return Screen.Of<CohortPage>(new CohortModel(frame, triangle, [.. triangle.Cohorts.TakeLast(MostCohorts)]));
    }
}

/// <summary>What the triangle's page draws.</summary>
/// <param name="Frame">The page it stands on.</param>
/// <param name="Triangle">All cohorts.</param>
/// <param name="Shown">The latest of them.</param>
public sealed record CohortModel(PageFrame Frame, CohortTriangle Triangle, IReadOnlyList<Cohort> Shown)
{
    /// <summary>Customers in the cohorts shown.</summary>
    public long Customers => Shown.Sum(cohort => cohort.Customers);
}
