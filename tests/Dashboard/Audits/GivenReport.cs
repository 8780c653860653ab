using Followthrough.Analytics.Measures;
using Followthrough.Analytics.Metrics;
using Followthrough.Analytics.Targets;
using Followthrough.Dashboard.Audits.Report;
using Followthrough.Tests.Support;

namespace Followthrough.Tests.Dashboard.Audits;

/// <summary>Reports of few figures, made by hand.</summary>
internal static class GivenReport
{
    private static readonly SideRate NoSide = new(null, "not asked for", 0, 0);

    internal static CommitmentValue Rate(string metric, long kept, long n, string? reason = null) => new()
    {
        Metric = metric,
        Value = n == 0 ? null : (double)kept / n,
        Reason = n == 0 ? reason ?? "nothing was owed" : null,
        N = n,
        Kept = kept,
        Missed = n - kept,
        Pending = 0,
        NeverAnswered = 0,
        Excluded = new Dictionary<string, long>(),
        Interval = Wilson.Of(kept, n),
        TooFew = n < MetricCatalogue.Find(metric)!.MinimumN,
        DefinitionVersion = 1,
        DefinitionHash = "0123456789abcdef",
        AsOf = Given.At("2026-07-05T12:00Z"),
        AnsweredOnly = NoSide,
        NextBusinessDay = NoSide,
        MedianHours = null,
        P90Hours = null,
        AnsweredOnlyMedianHours = null,
    };

    /// <summary>So many kept of so many, and before so many of so many; without a prior one where none is given.</summary>
    internal static ReportFigure Figure(string metric, (long Kept, long N) now, (long Kept, long N)? prior, double? target = null) =>
        new(MetricCatalogue.Find(metric)!, Rate(metric, now.Kept, now.N), prior is var (kept, n) ? Rate(metric, kept, n) : null, target);

    /// <summary>A team's, segment's or region's rate.</summary>
    internal static MetricGroup Group(string metric, string name, long kept, long n) => new($"hr:{name}", name, Rate(metric, kept, n));

    internal static Mover Mover(ReportFigure figure, params MixSplit[] splits) => new(figure, splits);

    /// <summary>Of Q2 2026, with those that moved furthest as movers.</summary>
    internal static ReportFigures Of(params ReportFigure[] figures)
    {
        Assert.True(Period.TryParse("2026-Q2", out var quarter));
        return new ReportFigures
        {
            Period = quarter,
            Prior = figures.Any(f => f.Prior is not null) ? quarter.Prior() : null,
            All = figures,
            Movers = [.. MoverReader.Furthest(figures).Select(f => new Mover(f, []))],
            Sheets = [],
            Teams = [],
            Targets = TargetBook.Empty,
            Cohorts = new CohortTriangle(CohortUnit.Quarter, Given.At("2026-07-05T12:00Z"), 1, "", [], []),
        };
    }
}
