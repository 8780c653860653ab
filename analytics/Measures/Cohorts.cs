using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Store;
using Npgsql;

namespace Followthrough.Analytics.Measures;

/// <summary>
/// Cohort repurchase: of the customers who first ordered in a month or quarter, how many ordered again within m months. Asked with the
/// same scope as every figure.
/// </summary>
public sealed class Cohorts(NpgsqlDataSource db, TimeProvider clock)
{
    private static readonly string Sizes = SqlText.Read(typeof(Cohorts), "Measures/CohortSizes.sql");

    /// <summary>What the cells mean: a triangle of the catalogue.</summary>
    public static MeasureMetric Definition { get; } = new()
    {
        Id = "cohort_repurchase",
        Name = "Customers who order again, by first order",
        File = "Cohorts",
        Uses = ["customer_order"],
        Unit = Unit.Share,
        Better = Better.Higher,
        Aggregation = Aggregation.Triangle,
        InWords = "Customers are put together by when they first ordered. Each cell says how many of them had ordered again within so many months. "
            + "A cell stays blank until that much time has passed for the whole cohort, so that no cohort looks worse for being young.",
        Formula = "customers of the cohort with another order at most m months after their first / customers of the cohort; cancelled orders, our-fault rework and unnamed buyers count as none",
        Example = "Four customers first ordered in January, one of them again in February and one in June: 25 % within 3 months, 50 % within 6",
        Source = "Follow up or lose them: most business comes from those who came before",
        Nothing = "nobody ordered",
        DependsOnPeriod = true,
        MinimumN = 10,
        Version = 1,
    };

    /// <summary>The triangle as it stands at the question's moment; without cohorts when nobody ordered.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one step.</exception>
    public async Task<CohortTriangle> ReadAsync(CohortQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Steps, 1, nameof(query));
        await using var sessions = new MetricSessions(db, clock);
        await using var session = await sessions.OpenAsync(Question(query), Definition, ct);
        return await ReadAsync(session, query, ct);
    }

    /// <summary>The same of a session that is open.</summary>
    internal static async Task<CohortTriangle> ReadAsync(MetricSession session, CohortQuery query, CancellationToken ct)
    {
        var months = MonthsOf(query.By, query.Steps);
        var cohorts = (await SizesAsync(session, query.By, ct)).GroupBy(s => s.Start).Select(sizes => Of(sizes.Key, [.. sizes], query.By, months, session));
        return new CohortTriangle(query.By, session.AsOf, Definition.Version, Definition.Hash, months, [.. cohorts]);
    }

    /// <summary>Within how many months each cell says, ascending.</summary>
    internal static int[] MonthsOf(CohortUnit by, int steps) => [.. Enumerable.Range(1, steps).Select(i => i * (by == CohortUnit.Month ? 1 : 3))];

    /// <summary>The question whose scope it has.</summary>
    internal static MetricQuery Question(CohortQuery query) => new()
    {
        Metric = Definition.Id,
        Team = query.Team,
        Staff = query.Staff,
        Region = query.Region,
        Segment = query.Segment,
        AsOf = query.AsOf,
        Viewer = query.Viewer,
    };

    private static async Task<IReadOnlyList<Size>> SizesAsync(MetricSession session, CohortUnit by, CancellationToken ct)
    {
        await using var command = MeasureReader.Command(session, attribute: false, null, Sizes);
        command.Parameters.AddWithValue("cohort", by == CohortUnit.Month ? "month" : "quarter");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var sizes = new List<Size>();
        while (await reader.ReadAsync(ct))
            sizes.Add(new Size(reader.GetFieldValue<DateOnly>(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), reader.GetInt64(2)));
        return sizes;
    }

    private static Cohort Of(DateOnly start, IReadOnlyList<Size> sizes, CohortUnit by, int[] months, MetricSession session)
    {
        var period = by == CohortUnit.Month ? Period.MonthOf(start) : Period.QuarterOf(start);
        var again = months.Select(m => session.HasBegun(period.End.AddMonths(m)) ? sizes.Where(s => s.Months <= m).Sum(s => s.Customers) : (long?)null);
        return new Cohort(period, sizes.Sum(s => s.Customers), [.. again]);
    }

    /// <summary>Customers of one cohort who ordered again within that many months; null: who did not.</summary>
    private sealed record Size(DateOnly Start, int? Months, long Customers);
}
